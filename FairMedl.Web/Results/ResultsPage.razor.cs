using FairMedl.Core.Data;
using FairMedl.Core.Storage;
using FairMedl.Web.Components;
using FairMedl.Web.Jobs;
using FairMedl.Web.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FairMedl.Web.Results;

/// <summary>
/// One study's results. What is shown stands in the address bar, and Back leads from choice to choice.
/// </summary>
public sealed partial class ResultsPage
{
    private readonly PageLifetime closed = new();
    private LiveReload? reload;
    private StudySummary? study;
    private LatestRequestQueue<Asked> counting = null!;
    private RecountedResults? results;
    private ResultsChoice? choice;
    private AddressBar bar = null!;
    private ResultsAddress address = new() { Study = 0 };
    private int? fitsShown;
    private bool loaded;
    private string? error;
    private IReadOnlyList<InputFault>? faults;

    /// <summary>The study's number.</summary>
    [Parameter] public int Id { get; set; }

    [Inject] private TimeProvider Clock { get; set; } = TimeProvider.System;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private ILogger<ResultsPage> Log { get; set; } = null!;

    private bool Runs => study?.State is StudyState.Queued or StudyState.Running;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        counting = new LatestRequestQueue<Asked>(AnswerAsync);
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
            // The numbers change only when a fit is done, and gathering them is not free.
            if (study is not null && study.FitsDone != fitsShown)
            {
                results = await Service.GatheredAsync(Id, closed.Token) is { } gathered ? new RecountedResults(gathered) : null;
                fitsShown = study.FitsDone;
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
            // The data are gone, or the definition is of another version: it says itself what to do.
            (error, faults) = ("The results cannot be made from what is stored.", e.Faults);
        }
        catch (Exception e)
        {
            Log.LogError(e, "The results of study {Study} cannot be read", Id);
            (error, faults) = ($"The results cannot be read: {e.Message}", null);
        }

        StateHasChanged();
    }

    /// <summary>Shows what an address asks for. What was chosen holds at once; numbers that must be counted anew follow.</summary>
    private Task ChooseAsync(ResultsAddress wanted)
    {
        address = wanted;
        choice?.Follow(wanted);
        return counting.AskAsync(new Asked(results, wanted));
    }

    private async Task AnswerAsync(Asked asked)
    {
        (RecountedResults? of, ResultsAddress wanted) = asked;
        ResultsChoice? made = of is null ? null
            : of.Counts(wanted) ? await LowPriorityThread.RunAsync("recount", () => new ResultsChoice(of, wanted))
            : new ResultsChoice(of, wanted);
        // Another study or more fits have come meanwhile: they are asked for next.
        if (of != results) return;
        made?.Follow(address);
        choice = made;
    }

    private async Task GoAsync(ResultsAddress wanted)
    {
        bool isStep = wanted.IsStepFrom(address);
        Task counted = ChooseAsync(wanted);
        await bar.WriteAsync(wanted.ToUri(), isStep);
        await counted;
    }

    private void Follow(string location) => _ = InvokeAsync(async () =>
    {
        await ChooseAsync(ResultsAddress.Parse(Id, location));
        StateHasChanged();
    });

    /// <summary>What is to be shown, and of which numbers.</summary>
    private sealed record Asked(RecountedResults? Of, ResultsAddress Address);

    /// <inheritdoc />
    public void Dispose()
    {
        bar.Dispose();
        closed.Dispose();
        reload?.Dispose();
    }
}
