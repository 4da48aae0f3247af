namespace FairMedl.Web.Services.Drafts;

/// <summary>Store of drafts by data set. They survive a reload of the page and a restart of the server.</summary>
public interface IDraftStore
{
    /// <summary>The draft of a data set; an empty one where nothing was kept.</summary>
    Task<DatasetDraft> FindAsync(int datasetId, CancellationToken cancellation = default);

    /// <summary>Replaces a data set's draft by what <paramref name="change"/> returns. Changes are applied one after the other.</summary>
    Task ChangeAsync(int datasetId, Func<DatasetDraft, DatasetDraft> change, CancellationToken cancellation = default);

    /// <summary>Removes the draft of a data set, for example of a deleted one.</summary>
    Task RemoveAsync(int datasetId, CancellationToken cancellation = default);
}
