using FairMedl.Core.Data;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Individuals;
using FairMedl.Web.Components;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Services.Individuals;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FairMedl.Web.Individuals;

/// <summary>The predictions for one row of a study. The filter, the row and the changed values are in the address.</summary>
public sealed partial class IndividualPage
{
    private const int NearShown = 5;
    private readonly PageLifetime closed = new();
    private readonly LatestRequest loads = new(), shows = new();
    private AddressBar bar = null!;
    private IndividualAddress address = new() { Study = 0 };
    private StudyDetail? study;
    private ClassNames classes = new("positive", "negative");
    private string? error, remedy, notice;
    private PredictedRows? rows;
    private IReadOnlyList<int> found = [];
    private IndividualModels? models;
    private IndividualView? view;
    private IReadOnlyList<NearRow>? near;
    private int? row, modelsOf, rangesOf;
    private IReadOnlyDictionary<string, TrainingRange> ranges = new Dictionary<string, TrainingRange>();
    private (int Row, string Model, Head Head)? nearOf;
    private bool loaded;

    /// <summary>The study's number.</summary>
    [Parameter] public int Id { get; set; }

    [Inject] private IIndividualService Service { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private ILogger<IndividualPage> Log { get; set; } = null!;

    private string Model => rows!.Models.FirstOrDefault(m => m == address.Model) ?? rows.Models[^1];

    private Head Head => rows!.Has(Model, Head.MixedEffects) ? address.Head : Head.FixedEffects;

    // The attribute whose flips the figure shows: the selected one, otherwise the one whose flips change predictions most.
    private FlipView? Flip => view!.AttributeFlips.FirstOrDefault(f => f.Attribute == address.Flip)
        ?? view.AttributeFlips.OrderByDescending(f => f.IsFeature).ThenByDescending(f => f.DecisionChanges)
            .ThenByDescending(f => f.LargestChange).FirstOrDefault();

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        // An address from before the page's present name leads to the same row.
        var opened = new Uri(Navigation.Uri);
        if (!opened.AbsolutePath.Equals(StudyAddresses.Individuals(Id), StringComparison.OrdinalIgnoreCase))
            Navigation.NavigateTo(StudyAddresses.Individuals(Id) + opened.Query, replace: true);
        bar = new AddressBar(Navigation, Js, () => StudyAddresses.Individuals(Id), location => Follow(location));
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (address.Study == Id) return;
        address = IndividualAddress.Parse(Id, Navigation.Uri);
        (rows, view, models, modelsOf, rangesOf, nearOf, loaded) = (null, null, null, null, null, null, false);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        CancellationToken load = loads.Begin(closed.Token);
        shows.Cancel();
        try
        {
            (error, remedy) = (null, null);
            StudyDetail? found = await Studies.FindAsync(Id, load);
            PredictedRows? all = found is null ? null : await Service.RowsAsync(Id, load);
            load.ThrowIfCancellationRequested();
            (study, rows, loaded) = (found, all, true);
            if (study is not null && rows is not null) classes = ClassNames.Of(study.Definition.Data.Target, rows.Data.TargetLevels);
            await ShowAsync();
        }
        catch (Exception e) when (e is OperationCanceledException || load.IsCancellationRequested)
        {
            return;
        }
        catch (InputException e)
        {
            (error, remedy) = (e.Faults[0].What, e.Faults[0].Remedy);
        }
        catch (Exception e)
        {
            Log.LogError(e, "The rows of study {Study} cannot be read", Id);
            error = $"The rows of this study cannot be read: {e.Message}";
        }

        StateHasChanged();
    }

    private async Task ShowAsync()
    {
        CancellationToken show = shows.Begin(closed.Token);
        try
        {
            await ShowAsync(show);
        }
        catch (Exception e) when (e is not OperationCanceledException && show.IsCancellationRequested)
        {
            throw new OperationCanceledException("A later request replaced this one.", e, show);
        }
    }

    // The models belong to one row: an answer that arrives after the next request is neither kept nor shown.
    private async Task ShowAsync(CancellationToken show)
    {
        (notice, row) = (null, null);
        if (rows is null) return;
        found = rows.Find(new RowFilter
        {
            Model = Model,
            Head = Head,
            Split = address.Split,
            Attribute = address.Attribute,
            Group = address.Group,
            Outcome = address.Outcome
        });
        if (address.Row is not { } wanted)
        {
            view = null;
            return;
        }

        row = rows.RowOf(wanted);
        if (row is not { } at || rows.Prediction(Model, Head, at) is null)
        {
            (view, notice) = (null, row is null
                ? $"The study has no row {Display.Count(wanted)}. The file has fewer rows, or the study excludes it."
                : $"No finished fit has predicted row {Display.Count(wanted)} yet.");
            return;
        }

        PredictedRows all = rows;
        var question = new IndividualQuestion(all.Data, at, address.Changes);
        IndividualModels asked = modelsOf == at ? models! : await Service.ModelsAsync(Id, all, at, show);
        show.ThrowIfCancellationRequested();
        (models, modelsOf) = (asked, at);
        (IReadOnlyList<IndividualAnswer> answers, IReadOnlyDictionary<string, TrainingRange> trained) = await Task.Run(
            () => (Service.Answer(question, asked, show), rangesOf == at
                ? ranges : TrainingRanges.Of(all, [.. asked.ByKind.SelectMany(k => k).Select(m => m.Key)])), show);
        show.ThrowIfCancellationRequested();
        if (answers.Count == 0)
        {
            (view, notice) = (null, $"No trained model is stored for this row. {string.Join(' ', asked.Faults.Take(1))}");
            return;
        }

        (ranges, rangesOf) = (trained, at);
        view = new IndividualView(all, at, classes, question, answers, asked, trained);
        // A number's own fault is shown at its field.
        string[] unknown = [.. question.Refused.Keys.Where(c =>
            view.Values.FirstOrDefault(v => v.Feature.Column == c) is not { Feature.Codes: null })];
        if (unknown.Length > 0) notice = $"Not changed, because the study has no such column or value: {string.Join(", ", unknown)}.";
        await FindNearAsync(at, all, asked, show);
    }

    private async Task FindNearAsync(int at, PredictedRows all, IndividualModels asked, CancellationToken show)
    {
        (string model, Head head) = (Model, Head);
        if (nearOf == (at, model, head)) return;
        IReadOnlyList<NearRow>? found = all.Decision(model, head, at) is not { } decision
            || asked.ByKind.SelectMany(k => k).FirstOrDefault(m => m.Key.Model == model) is not { } trained
            ? null
            : await Task.Run(() => NearestRows.Find(all.Data, at, trained.Encoder, NearShown,
                other => all.Decision(model, head, other) == !decision, show), show);
        show.ThrowIfCancellationRequested();
        (near, nearOf) = (found, (at, model, head));
    }

    private async Task GoAsync(IndividualAddress wanted)
    {
        bool isStep = wanted.IsStepFrom(address);
        address = wanted;
        await bar.WriteAsync(wanted.ToUri(), isStep);
        await ShowSafelyAsync();
    }

    private async Task ShowSafelyAsync()
    {
        try
        {
            await ShowAsync();
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            Log.LogError(e, "Row {Row} of study {Study} cannot be shown", address.Row, Id);
            error = $"The row cannot be shown: {e.Message}";
        }
    }

    // An exception that nothing here expects reaches the page's error boundary.
    private async void Follow(string location)
    {
        try
        {
            await InvokeAsync(async () =>
            {
                address = IndividualAddress.Parse(Id, location);
                await ShowSafelyAsync();
                StateHasChanged();
            });
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
        loads.Cancel();
        shows.Cancel();
        closed.Dispose();
    }
}
