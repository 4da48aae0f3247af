using FairMedl.Core.Data;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Buttons;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Jobs;
using FairMedl.Web.Results.Figures;
using FairMedl.Web.Services.Scoring;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FairMedl.Web.Results;

/// <summary>
/// One study's results. The address bar has what is shown, and Back leads from choice to choice.
/// </summary>
public sealed partial class ResultsPage
{
    private readonly PageLifetime closed = new();
    private LiveReload? reload;
    private StudySummary? study;
    private LatestRequestQueue<ResultsRequest> counting = null!;
    private RecountedResults? results;
    private ResultsChoice? choice;
    private SentenceParts sentence = SentenceParts.Empty;
    private IReadOnlyList<NumericText> otherHeads = [];
    private AddressBar bar = null!;
    private ResultsAddress address = new() { Study = 0 };
    private int? fitsShown;
    private bool loaded, canScore;
    private string? error;
    private IReadOnlyList<InputFault>? faults;

    /// <summary>The study's number.</summary>
    [Parameter] public int Id { get; set; }

    [Inject] private IScoringService Scoring { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = TimeProvider.System;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private ILogger<ResultsPage> Log { get; set; } = null!;

    private bool IsRunning => study?.State is StudyState.Queued or StudyState.Running;

    private IReadOnlyList<UnreadableFit> Unreadable => results?.Gathered.Unreadable ?? [];

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        counting = new LatestRequestQueue<ResultsRequest>(AnswerAsync);
        bar = new AddressBar(Navigation, Js, () => StudyAddresses.Results(Id), Follow);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (address.Study == Id) return;
        address = ResultsAddress.Parse(Id, Navigation.Uri);
        (study, results, choice, fitsShown, loaded) = (null, null, null, null, false);
        reload?.Dispose();
        reload = new LiveReload(() => InvokeAsync(LoadAsync), Clock, TimeSpan.FromSeconds(2));
        reload.Follow(changed => Service.Watch(Id, changed));
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            study = (await Service.FindAsync(Id, closed.Token))?.Summary;
            // The results change only when a fit finishes, and gathering them takes time.
            if (study is not null && study.FitsDone != fitsShown)
            {
                results = await Service.GatheredAsync(Id, closed.Token) is { } gathered ? new RecountedResults(gathered) : null;
                fitsShown = study.FitsDone;
                canScore = (await Scoring.AvailabilityAsync(Id, closed.Token)).IsAvailable;
                await ChooseAsync(address);
            }

            loaded = true;
            (error, faults) = (null, null);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (InputException e)
        {
            // The data are gone, or the definition has another version: the fault says what to do.
            (error, faults) = ("The results cannot be computed from the stored study.", e.Faults);
        }
        catch (Exception e)
        {
            Log.LogError(e, "The results of study {Study} cannot be loaded", Id);
            (error, faults) = ($"The results cannot be loaded: {e.Message}", null);
        }

        StateHasChanged();
    }

    /// <summary>Shows what an address requests. The choice itself holds at once; results that must be recomputed follow.</summary>
    private Task ChooseAsync(ResultsAddress wanted)
    {
        address = wanted;
        choice?.Follow(wanted);
        return counting.AskAsync(new ResultsRequest(results, wanted));
    }

    private async Task AnswerAsync(ResultsRequest request)
    {
        (RecountedResults? of, ResultsAddress wanted) = request;
        ResultsChoice? made = of is null ? null
            : of.MustRecompute(wanted) ? await LowPriorityThread.RunAsync("recompute", () => new ResultsChoice(of, wanted))
            : new ResultsChoice(of, wanted);
        // Another study, or more fits, came meanwhile: they are requested next.
        if (of != results) return;
        made?.Follow(address);
        choice = made;
        sentence = made is { Models.Count: > 0 } ? ResultsTables.Sentence(made) : SentenceParts.Empty;
        otherHeads = made?.OtherHeads ?? [];
    }

    private async Task TrainAgainAsync()
    {
        await Service.TrainUnreadableAgainAsync(Id, closed.Token);
        Navigation.NavigateTo(StudyAddresses.Queue(Id));
    }

    private async Task GoAsync(ResultsAddress wanted)
    {
        bool isStep = wanted.IsStepFrom(address);
        Task counted = ChooseAsync(wanted);
        await bar.WriteAsync(wanted.ToUri(), isStep);
        await counted;
    }

    private async void Follow(string location)
    {
        try
        {
            await InvokeAsync(async () =>
            {
                await ChooseAsync(ResultsAddress.Parse(Id, location));
                StateHasChanged();
            });
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private static IReadOnlyList<ExportFile> Exports(ResultsChoice shown) =>
    [
        .. ReportFormat.All.Select(format => new ExportFile(
            format.Name,
            format.Purpose,
            FileNames.Of(shown.Results.Header.Name, shown.Address.Part.ToString().ToLowerInvariant(), format.Extension),
            format.MediaType,
            () => format.ToBytes(ResultsTables.Report(shown)),
            $"export-{format.Extension}")),
    ];

    /// <summary>What is to be shown, and of which results.</summary>
    private sealed record ResultsRequest(RecountedResults? Of, ResultsAddress Address);

    /// <inheritdoc />
    public void Dispose()
    {
        bar.Dispose();
        closed.Dispose();
        reload?.Dispose();
    }
}
