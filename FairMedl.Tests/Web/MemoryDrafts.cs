using FairMedl.Core.Data.Roles;
using FairMedl.Core.Studies.Definition;
using FairMedl.Web.Services.Drafts;

namespace FairMedl.Tests.Web;

/// <summary>Drafts in memory.</summary>
internal sealed class MemoryDrafts : IDraftStore
{
    private readonly Dictionary<int, DatasetDraft> drafts = [];

    public DatasetDraft Of(int datasetId) => drafts.GetValueOrDefault(datasetId, DatasetDraft.Empty);

    public DataSpecification? Find(int datasetId) => Of(datasetId).Roles;

    public StudyDefinition? Loaded(int datasetId) => Of(datasetId).LoadedDefinition;

    public void Save(int datasetId, DataSpecification roles) => drafts[datasetId] = Of(datasetId).WithRoles(roles);

    public Task<DatasetDraft> FindAsync(int datasetId, CancellationToken cancellation = default) => Task.FromResult(Of(datasetId));

    public Task ChangeAsync(int datasetId, Func<DatasetDraft, DatasetDraft> change, CancellationToken cancellation = default)
    {
        drafts[datasetId] = change(Of(datasetId));
        return Task.CompletedTask;
    }

    public Task RemoveAsync(int datasetId, CancellationToken cancellation = default)
    {
        drafts.Remove(datasetId);
        return Task.CompletedTask;
    }
}
