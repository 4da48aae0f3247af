using FairMedl.Core.Experiments;
using FairMedl.Web.Components;
using FairMedl.Web.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace FairMedl.Web.Compare;

/// <summary>Runs of any studies side by side. What is shown stands in the address bar; a choice rewrites the address in place.</summary>
public sealed partial class ComparePage
{
    private readonly PageLifetime closed = new();
    private readonly Dictionary<int, StudyResults> results = [];
    private IReadOnlyList<StudySummary> studies = [];
    private CompareChoice? choice;
    private string? error;
    private bool busy;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private ILogger<ComparePage> Log { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnLocationChanged;
        await LoadAsync();
    }

    private Task LoadAsync() => ShowAsync(CompareAddress.Parse(Navigation.Uri));

    private async Task ShowAsync(CompareAddress address)
    {
        busy = true;
        try
        {
            studies = [.. (await Desk.ListAsync(closed.Token)).Where(s => s.FitsDone > 0)];
            foreach (int study in address.Runs.Select(r => r.Study).Distinct())
                if (await Desk.ResultsAsync(study, closed.Token) is { } found) results[study] = found;
                else results.Remove(study);
            choice = new CompareChoice(address, results);
            error = null;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            Log.LogError(e, "Runs cannot be compared");
            error = $"The runs cannot be read: {e.Message}";
        }

        busy = false;
        StateHasChanged();
    }

    private async Task GoAsync(CompareAddress wanted)
    {
        await ShowAsync(wanted);
        await using IJSObjectReference module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/address.js");
        await module.InvokeVoidAsync("replace", wanted.ToUri());
    }

    // Back and forward, and links that name another state of this page.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (e.Location.Contains('#', StringComparison.Ordinal) || !new Uri(e.Location).AbsolutePath.Equals(CompareAddress.Path, StringComparison.OrdinalIgnoreCase)) return;
        _ = InvokeAsync(() => ShowAsync(CompareAddress.Parse(e.Location)));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        closed.Dispose();
    }
}
