using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Web.Components;
using FairMedl.Web.Datasets;
using FairMedl.Web.Studies;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Start;

/// <summary>The first page: the sample, the upload, and what was done last, live.</summary>
public sealed partial class StartPage : IDisposable
{
    private const int Recent = 5;
    private readonly PageLifetime closed = new();
    private LiveReload? reload;
    private IReadOnlyList<StudySummary>? studies;
    private IReadOnlyList<DatasetSummary>? datasets;
    private IReadOnlyList<InputFault>? faults;
    private string? failure;
    private bool opening;

    [Inject] private IDatasetCatalogue Catalogue { get; set; } = null!;

    [Inject] private IStudyDesk Desk { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private ILogger<StartPage> Log { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        reload = new LiveReload(() => InvokeAsync(LoadAsync), Clock);
        reload.Follow(changed => Desk.Watch(null, changed));
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            studies = [.. (await Desk.ListAsync(closed.Token)).Take(Recent)];
            datasets = [.. (await Catalogue.ListAsync(closed.Token)).Take(Recent)];
            failure = null;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            Log.LogError(e, "Studies and data sets cannot be listed");
            failure = "Try again; if it happens again, the server's log says why.";
        }

        StateHasChanged();
    }

    private async Task TryAsync()
    {
        opening = true;
        faults = null;
        try
        {
            Navigation.NavigateTo(await new QuickLook(Catalogue, Desk).OpenAsync(closed.Token));
        }
        catch (InputException e)
        {
            faults = e.Faults;
        }
        finally
        {
            opening = false;
        }
    }

    private static string Percent(StudySummary study) =>
        (study.Fits == 0 ? 0 : 100.0 * study.FitsDone / study.Fits).ToString("0.#", CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public void Dispose()
    {
        closed.Dispose();
        reload?.Dispose();
    }
}
