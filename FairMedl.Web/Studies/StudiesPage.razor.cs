using FairMedl.Web.Components.Buttons;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Services.Scoring;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FairMedl.Web.Studies;

/// <summary>All studies, live.</summary>
public sealed partial class StudiesPage : IDisposable
{
    // Rows from which the grid scrolls, and from which it draws only visible rows.
    private const int LongFrom = 15, VirtualizedFrom = 100;

    private readonly PageLifetime closed = new();
    private readonly HashSet<int> canScore = [];
    private LiveReload? reload;
    private IReadOnlyList<StudySummary>? studies;
    private string? error, deleteFault;

    [Inject] private IStudyService Service { get; set; } = null!;

    [Inject] private IScoringService Scoring { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = TimeProvider.System;

    [Inject] private ILogger<StudiesPage> Log { get; set; } = null!;

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
            // More finished fits never take the models of a study away.
            foreach (StudySummary study in all.Where(s => s.FitsDone > 0 && !canScore.Contains(s.Id)))
                if ((await Scoring.AvailabilityAsync(study.Id, closed.Token)).IsAvailable) canScore.Add(study.Id);
            studies = all;
            error = null;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            Log.LogError(e, "Studies cannot be listed");
            error = e.Message;
        }

        StateHasChanged();
    }

    private async Task<string?> QuestionAsync(StudySummary study) =>
        await Service.PreviewDeletionAsync(study.Id, closed.Token) is { } removed ? DeletionQuestion.Of(removed) : null;

    private async Task DeleteAsync(StudySummary study)
    {
        deleteFault = null;
        try
        {
            await Service.DeleteAsync(study.Id, closed.Token);
            Snackbar.Add($"{study.Name} was deleted.", Severity.Success);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "Study {Study} cannot be deleted", study.Id);
            deleteFault = $"{study.Name} was not deleted: {e.Message}";
        }

        await LoadAsync();
    }

    private static double Percent(StudySummary study) => study.Fits == 0 ? 0 : 100.0 * study.FitsDone / study.Fits;

    /// <inheritdoc />
    public void Dispose()
    {
        closed.Dispose();
        reload?.Dispose();
    }
}
