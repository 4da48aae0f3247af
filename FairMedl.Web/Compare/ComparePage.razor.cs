using FairMedl.Core.Experiments;
using FairMedl.Web.Components;
using FairMedl.Web.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FairMedl.Web.Compare;

/// <summary>Runs of any studies side by side. What is shown stands in the address bar, and Back leads from choice to choice.</summary>
public sealed partial class ComparePage
{
    private readonly PageLifetime closed = new();
    private readonly LatestRequest shows = new();
    private readonly Dictionary<int, StudyResults> results = [];
    private IReadOnlyList<StudySummary> studies = [];
    private AddressBar bar = null!;
    private CompareChoice? choice;
    private string? error;
    private bool busy;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private ILogger<ComparePage> Log { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        bar = new AddressBar(Navigation, Js, () => CompareAddress.Path, location => _ = InvokeAsync(() => ShowAsync(CompareAddress.Parse(location))));
        await LoadAsync();
    }

    private async Task LoadAsync() => await ShowAsync(CompareAddress.Parse(Navigation.Uri));

    /// <summary>Shows an address; false where another choice came before it was ready.</summary>
    private async Task<bool> ShowAsync(CompareAddress address)
    {
        CancellationToken show = shows.Begin(closed.Token);
        busy = true;
        try
        {
            StudySummary[] listed = [.. (await Service.ListAsync(show)).Where(s => s.FitsDone > 0)];
            var gathered = new Dictionary<int, StudyResults?>();
            foreach (int study in address.Runs.Select(r => r.Study).Distinct()) gathered[study] = await Service.ResultsAsync(study, show);
            show.ThrowIfCancellationRequested();
            foreach ((int study, StudyResults? found) in gathered)
                if (found is not null) results[study] = found;
                else results.Remove(study);
            (studies, choice, error) = (listed, new CompareChoice(address, results), null);
        }
        catch (Exception e) when (e is OperationCanceledException || show.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            Log.LogError(e, "Runs cannot be compared");
            error = $"The runs cannot be read: {e.Message}";
        }

        busy = false;
        StateHasChanged();
        return true;
    }

    private async Task GoAsync(CompareAddress wanted)
    {
        if (await ShowAsync(wanted)) await bar.WriteAsync(wanted.ToUri());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        bar.Dispose();
        shows.Cancel();
        closed.Dispose();
    }
}
