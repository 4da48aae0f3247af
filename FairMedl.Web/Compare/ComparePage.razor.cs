using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Buttons;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace FairMedl.Web.Compare;

/// <summary>Runs of any studies side by side. The address holds what is shown, and Back leads from choice to choice.</summary>
public sealed partial class ComparePage
{
    private readonly PageLifetime closed = new();
    private readonly LatestRequest shows = new();
    private readonly Dictionary<int, StudyResults> results = [];
    private IReadOnlyList<StudySummary> studies = [];
    private AddressBar bar = null!;
    private CompareChoice? choice;
    private SentenceParts sentence = SentenceParts.Empty;
    private string? error;
    private bool busy;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private ILogger<ComparePage> Log { get; set; } = null!;

    private IReadOnlyList<ExportFile> Exports =>
    [
        .. ReportFormat.All.Select(f => new ExportFile(f.Name, f.Purpose, FileNames.Of("comparison", "runs", f.Extension), f.MediaType, () => f.ToBytes(CompareTables.Report(choice!)), $"export-{f.Extension}")),
    ];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        bar = new AddressBar(Navigation, Js, () => CompareAddress.Path, location => Follow(location));
        await LoadAsync();
    }

    private async Task LoadAsync() => await ShowAsync(CompareAddress.Parse(Navigation.Uri));

    /// <summary>Shows an address; false where a later choice replaced it before it was ready.</summary>
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
            sentence = CompareTables.Sentence(choice);
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

    private async Task AddAsync()
    {
        var parameters = new DialogParameters<RunPicker> { { p => p.Studies, studies }, { p => p.Chosen, choice!.Address.Runs } };
        IDialogReference dialog = await Dialogs.ShowAsync<RunPicker>("Add runs", parameters);
        if (await dialog.Result is { Canceled: false, Data: IReadOnlyList<RunKey> runs }) await GoAsync(choice.Address.With(runs));
    }

    private async Task RemoveAsync(ShownRun run)
    {
        CompareAddress before = choice!.Address;
        await GoAsync(before.Without(run.Key));
        Snackbar.Add($"{run.Run.Name} was removed from the comparison.", Severity.Normal, options =>
        {
            options.Action = "Undo";
            options.OnClick = _ => InvokeAsync(() => GoAsync(before));
        });
    }

    // An exception that nothing here expects reaches the page's error boundary.
    private async void Follow(string location)
    {
        try
        {
            await InvokeAsync(() => ShowAsync(CompareAddress.Parse(location)));
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        bar.Dispose();
        shows.Cancel();
        closed.Dispose();
    }
}
