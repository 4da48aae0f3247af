using System.Collections.Concurrent;
using FairMedl.Core.Data;
using FairMedl.Core.Experiments;

namespace FairMedl.Web.Roles;

/// <summary>
/// The roles that a person has set for a data set and not yet put into a study: written by the roles page, read by the
/// new-study page. Lives as long as the process; a queued study carries its own copy.
/// </summary>
public sealed class RoleDrafts
{
    private readonly ConcurrentDictionary<int, DataSpecification> drafts = new();
    private readonly ConcurrentDictionary<int, ExperimentDefinition> loaded = new();

    /// <summary>The draft of a data set, or null where its roles have not been set.</summary>
    public DataSpecification? Find(int datasetId) => drafts.GetValueOrDefault(datasetId);

    /// <summary>Keeps a draft, in place of an earlier one.</summary>
    public void Save(int datasetId, DataSpecification data) => drafts[datasetId] = data;

    /// <summary>A definition that was loaded for a data set: a new study starts from its models and constants. Null where none was.</summary>
    public ExperimentDefinition? Loaded(int datasetId) => loaded.GetValueOrDefault(datasetId);

    /// <summary>Keeps a definition that was loaded, and its roles as the draft.</summary>
    public void Load(int datasetId, ExperimentDefinition definition)
    {
        loaded[datasetId] = definition;
        Save(datasetId, definition.Data);
    }

    /// <summary>Forgets the draft of a data set that is no more.</summary>
    public void Forget(int datasetId)
    {
        drafts.TryRemove(datasetId, out _);
        loaded.TryRemove(datasetId, out _);
    }
}
