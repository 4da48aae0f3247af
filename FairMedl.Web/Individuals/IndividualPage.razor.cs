using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Experiments.Individuals;
using FairMedl.Web.Components;
using FairMedl.Web.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FairMedl.Web.Individuals;

/// <summary>One row of a study's test data. Who is looked for, who is shown and what was changed stand in the address bar.</summary>
public sealed partial class IndividualPage
{
    private const int NearShown = 5;
    private readonly PageLifetime closed = new();
    private readonly LatestRequest loads = new(), shows = new();
    private AddressBar bar = null!;
    private IndividualAddress address = new() { Study = 0 };
    private string? name, error, remedy, notice;
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

    /// <inheritdoc />
    protected override void OnInitialized() => bar = new AddressBar(Navigation, Js, () => StudyAddresses.Person(Id), Follow);

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
            string? found = (await Studies.FindAsync(Id, load))?.Summary.Name;
            PredictedRows? all = found is null ? null : await Service.RowsAsync(Id, load);
            load.ThrowIfCancellationRequested();
            (name, rows, loaded) = (found, all, true);
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
            Log.LogError(e, "The people of study {Study} cannot be read", Id);
            error = $"The people of this study cannot be read: {e.Message}";
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
            throw new OperationCanceledException("Another choice came after this one.", e, show);
        }
    }

    // The models belong to one row: an answer that comes back after the next choice must neither be kept nor shown.
    private async Task ShowAsync(CancellationToken show)
    {
        (notice, row) = (null, null);
        if (rows is null) return;
        found = rows.Find(new RowFilter { Model = Model, Head = Head, Split = address.Split, Attribute = address.Attribute, Group = address.Group, Outcome = address.Outcome });
        if (address.Row is not { } wanted)
        {
            view = null;
            return;
        }

        row = rows.RowOf(wanted);
        if (row is not { } at || rows.Prediction(Model, Head, at) is null)
        {
            (view, notice) = (null, row is null
                ? $"The study has no row {Display.Count(wanted)}: the file ends before it, or the study's exclusions left it out."
                : $"Row {Display.Count(wanted)} was tested in no fold that is done yet.");
            return;
        }

        PredictedRows all = rows;
        var question = new IndividualQuestion(all.Data, at, address.Changes);
        IndividualModels asked = modelsOf == at ? models! : await Service.ModelsAsync(Id, all, at, show);
        show.ThrowIfCancellationRequested();
        (models, modelsOf) = (asked, at);
        (IReadOnlyList<IndividualAnswer> answers, IReadOnlyDictionary<string, TrainingRange> trained) = await Task.Run(
            () => (IndividualAnswer.Of(question, asked.ByKind, show), rangesOf == at ? ranges : TrainingRanges.Of(all, [.. asked.ByKind.SelectMany(k => k).Select(m => m.Key)])), show);
        show.ThrowIfCancellationRequested();
        if (answers.Count == 0)
        {
            (view, notice) = (null, $"No trained model was kept for this row. {string.Join(' ', asked.Faults.Take(1))}");
            return;
        }

        (ranges, rangesOf) = (trained, at);
        view = new IndividualView(all, at, question, answers, asked, trained);
        // A number's own fault stands at its field.
        string[] unknown = [.. question.Refused.Keys.Where(c => view.Values.FirstOrDefault(v => v.Feature.Column == c) is not { Feature.Codes: null })];
        if (unknown.Length > 0) notice = $"Not changed, as the study has no such column or value: {string.Join(", ", unknown)}.";
        await FindNearAsync(at, all, asked, show);
    }

    private async Task FindNearAsync(int at, PredictedRows all, IndividualModels asked, CancellationToken show)
    {
        (string model, Head head) = (Model, Head);
        if (nearOf == (at, model, head)) return;
        IReadOnlyList<NearRow>? found = all.Decision(model, head, at) is not { } decision || asked.ByKind.SelectMany(k => k).FirstOrDefault(m => m.Key.Model == model) is not { } trained
            ? null
            : await Task.Run(() => NearestRows.Find(all.Data, at, trained.Encoder, NearShown, other => all.Decision(model, head, other) == !decision, show), show);
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

    private void Follow(string location) => _ = InvokeAsync(async () =>
    {
        address = IndividualAddress.Parse(Id, location);
        await ShowSafelyAsync();
        StateHasChanged();
    });

    /// <inheritdoc />
    public void Dispose()
    {
        bar.Dispose();
        loads.Cancel();
        shows.Cancel();
        closed.Dispose();
    }
}
