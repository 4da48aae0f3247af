using System.Globalization;
using FairMedl.Web.Components;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Studies;

/// <summary>All studies, live.</summary>
public sealed partial class StudiesPage
{
    private readonly PageLifetime closed = new();
    private LiveReload? reload;
    private IReadOnlyList<StudySummary>? studies;
    private string? error;

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
            studies = await Service.ListAsync(closed.Token);
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

    private static string Percent(StudySummary study) =>
        (study.Fits == 0 ? 0 : 100.0 * study.FitsDone / study.Fits).ToString("0.#", CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public void Dispose()
    {
        closed.Dispose();
        reload?.Dispose();
    }
}
