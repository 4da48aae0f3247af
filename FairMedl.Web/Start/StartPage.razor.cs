using FairMedl.Core.Data;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Start;

/// <summary>The home page: the sample, the upload and recent work, live.</summary>
public sealed partial class StartPage : IDisposable
{
    private const int Recent = 5;
    private readonly PageLifetime closed = new();
    private LiveReload? reload;
    private IReadOnlyList<StudySummary>? studies;
    private IReadOnlyList<DatasetSummary>? datasets;
    private StudySummary? sample;
    private IReadOnlyList<InputFault>? faults;
    private string? failure;
    private bool opening;

    [Inject] private IDatasetCatalogue Catalogue { get; set; } = null!;

    [Inject] private IStudyService Service { get; set; } = null!;

    [Inject] private SampleComparison Sample { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private ILogger<StartPage> Log { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        reload = new LiveReload(() => InvokeAsync(LoadAsync), Clock, failed: DispatchExceptionAsync);
        reload.Follow(changed => Service.Watch(null, changed));
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            IReadOnlyList<StudySummary> all = await Service.ListAsync(closed.Token);
            studies = [.. all.Take(Recent)];
            sample = SampleComparison.In(all);
            datasets = [.. (await Catalogue.ListAsync(closed.Token)).Take(Recent)];
            failure = null;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            Log.LogError(e, "Studies and data sets could not be listed");
            failure = "Try again. If it happens again, see the server's log.";
        }

        StateHasChanged();
    }

    private async Task TryAsync()
    {
        opening = true;
        faults = null;
        try
        {
            Navigation.NavigateTo(await Sample.OpenAsync(closed.Token));
        }
        catch (InputException e)
        {
            faults = e.Faults;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "The sample study could not be opened");
            faults = [];
        }
        finally
        {
            opening = false;
        }
    }

    private static double Percent(StudySummary study) => study.Fits == 0 ? 0 : 100.0 * study.FitsDone / study.Fits;

    /// <inheritdoc />
    public void Dispose()
    {
        closed.Dispose();
        reload?.Dispose();
    }
}
