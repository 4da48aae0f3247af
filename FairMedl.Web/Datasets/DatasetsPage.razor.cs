using FairMedl.Core.Data;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Buttons;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Drafts;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FairMedl.Web.Datasets;

/// <summary>The upload form and the stored data sets.</summary>
public sealed partial class DatasetsPage : IDisposable
{
    // Rows from which the grid scrolls, and from which it draws only visible rows.
    private const int LongFrom = 12, VirtualizedFrom = 100;

    private readonly PageLifetime closed = new();
    private IReadOnlyList<DatasetSummary>? datasets;
    private IReadOnlyList<InputFault>? deleteFaults;
    private string? failure;
    private bool addingSample;

    [Inject] private IDatasetCatalogue Catalogue { get; set; } = null!;

    [Inject] private IDraftStore Drafts { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

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
            failure = "Try again. If it happens again, see the server's log.";
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

    private async Task<string?> QuestionAsync(DatasetSummary dataset) =>
        await Catalogue.PreviewDeletionAsync(dataset.Id, closed.Token) is { } removed ? DeletionQuestion.Of(removed) : null;

    private async Task DeleteAsync(DatasetSummary dataset)
    {
        deleteFaults = null;
        try
        {
            await Catalogue.DeleteAsync(dataset.Id, closed.Token);
            await Drafts.RemoveAsync(dataset.Id, closed.Token);
            Snackbar.Add($"{dataset.Name} was deleted.", Severity.Success);
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
