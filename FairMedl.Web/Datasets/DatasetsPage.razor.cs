using FairMedl.Core.Data;
using FairMedl.Web.Components;
using FairMedl.Web.Drafts;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Datasets;

/// <summary>The stored data sets, and the upload of another.</summary>
public sealed partial class DatasetsPage : IDisposable
{
    private readonly PageLifetime closed = new();
    private IReadOnlyList<DatasetSummary>? datasets;
    private IReadOnlyList<InputFault>? deleteFaults;
    private string? failure;
    private bool addingSample;

    [Inject] private IDatasetCatalogue Catalogue { get; set; } = null!;

    [Inject] private IDraftStore Drafts { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private ILogger<DatasetsPage> Log { get; set; } = null!;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            datasets = await Catalogue.ListAsync(closed.Token);
            failure = null;
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
        catch (Exception e)
        {
            Log.LogError(e, "Data sets cannot be listed");
            failure = "Try again; if it happens again, the server's log says why.";
        }
    }

    private async Task AddSampleAsync()
    {
        addingSample = true;
        try
        {
            DatasetSummary sample = await Catalogue.AddSampleAsync(closed.Token);
            Navigation.NavigateTo(DatasetAddresses.Columns(sample.Id));
        }
        finally
        {
            addingSample = false;
        }
    }

    private async Task DeleteAsync(int id)
    {
        deleteFaults = null;
        try
        {
            await Catalogue.DeleteAsync(id, closed.Token);
            await Drafts.RemoveAsync(id, closed.Token);
        }
        catch (InputException e)
        {
            deleteFaults = e.Faults;
        }

        await LoadAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        closed.Dispose();
    }
}
