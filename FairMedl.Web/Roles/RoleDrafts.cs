using System.Collections.Concurrent;
using FairMedl.Core.Data;

namespace FairMedl.Web.Roles;

/// <summary>
/// The roles that a person has set for a data set and not yet put into a study: written by the roles page, read by the
/// new-study page. Lives as long as the process; a queued study carries its own copy.
/// </summary>
public sealed class RoleDrafts
{
    private readonly ConcurrentDictionary<int, DataSpecification> drafts = new();

    /// <summary>The draft of a data set, or null where its roles have not been set.</summary>
    public DataSpecification? Find(int datasetId) => drafts.GetValueOrDefault(datasetId);

    /// <summary>Keeps a draft, in place of an earlier one.</summary>
    public void Save(int datasetId, DataSpecification data) => drafts[datasetId] = data;

    /// <summary>Forgets the draft of a data set that is no more.</summary>
    public void Forget(int datasetId) => drafts.TryRemove(datasetId, out _);
}
