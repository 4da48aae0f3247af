using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;

namespace FairMedl.Web.Individuals;

/// <summary>The predictions of one row as dot plots.</summary>
public static class IndividualCharts
{
    /// <summary>The most groups that a figure of attribute flips shows.</summary>
    public const int MostGroups = 15;

    // Pixels: a dot with its distance to the next, the least height of a row, and what the axis and the margins take.
    private const int DotHeight = 15, LeastRow = 40, Frame = 84;

    /// <summary>A row for each model, its prediction as a dot; for classification the range below the decision threshold is grey.</summary>
    public static Chart Predictions(IndividualView view)
    {
        string[] rows = [.. view.Lines.Select(l => l.Label)];
        int slots = view.IsChanged ? 2 : 1;
        IEnumerable<DotTrace> traces = view.Lines.Select((line, i) =>
            Dot(view, line, i, rows) with { Slots = slots, IsFaded = view.IsChanged });
        if (view.IsChanged)
            traces = traces.Concat(view.Lines.Select((line, i) =>
                Dot(view, line, i, rows, isChanged: true) with { Slot = 1, Slots = slots }));
        return new Chart
        {
            Title = view.IsClassification ? "Predicted probability" : $"Predicted {view.Target}",
            X = view.IsClassification
                ? new ChartAxis($"Probability that {view.Target}") { From = -0.015, To = 1.03, Format = ".1f" }
                : new ChartAxis(view.Target),
            Y = new ChartAxis("") { Rows = [.. view.Lines.Select(l => new ChartRow(l.Label, Detail(view, l)))] },
            RowBands = [.. view.Lines.Select((l, i) => (l.Cutoff, i)).Where(l => l.Cutoff is not null)
                .Select(l => new ChartRowBand(l.i, 0, l.Cutoff!.Value))],
            Height = Frame + rows.Length * LeastRow,
            Traces = [.. traces],
        };
    }

    /// <summary>
    /// A row for each group of an attribute, each model's prediction with the attribute flipped to that group as a dot. A model with
    /// both heads is shown with the selected one.
    /// </summary>
    public static Chart Flips(IndividualView view, FlipView flip, Head head)
    {
        int[] shown = Shown(flip);
        string[] rows = [.. shown.Select(g => flip.Groups[g])];
        (IndividualLine Line, IReadOnlyList<IndividualCell> Cells)[] lines =
            [.. flip.Lines.GroupBy(l => l.Line.Model).Select(m => m.OrderBy(l => l.Line.Head == head ? 0 : 1).First())];
        int slots = lines.Length;
        return new Chart
        {
            Title = $"Attribute flip: {flip.Attribute}",
            X = view.IsClassification ? new ChartAxis($"Probability that {view.Target}") : new ChartAxis(view.Target),
            Y = new ChartAxis("")
            {
                Rows = [.. shown.Select(g =>
                new ChartRow(flip.Groups[g], g == flip.Own
                ? "own group" : flip.Unlearned.Contains(flip.Groups[g])
                ? "hardly learned" : null, flip.Unlearned.Contains(flip.Groups[g])))]
            },
            Legend = slots > 1,
            Height = Frame + rows.Length * Math.Max(LeastRow, slots * DotHeight + 8),
            Traces =
            [
                .. lines.Select((l, i) => new DotTrace(l.Line.Label, rows, [.. shown.Select(g => (double?)l.Cells[g].Number)],
                    SeriesStyle.OfModel(l.Line.Model))
                {
                    Slot = i,
                    Slots = slots,
                    Hover = [.. shown.Select(g => new ChartTip($"{l.Line.Label}, {flip.Groups[g]}", Tip(view, l.Cells[g])))],
                }),
            ],
        };
    }

    /// <summary>The indices of the groups in a figure: all, or the row's own and those whose predictions change most.</summary>
    public static int[] Shown(FlipView flip) => flip.Groups.Count <= MostGroups
        ? [.. Enumerable.Range(0, flip.Groups.Count)]
        : [.. Enumerable.Range(0, flip.Groups.Count)
            .OrderByDescending(g => g == flip.Own ? double.MaxValue : flip.Lines.Max(l => Math.Abs(l.Cells[g].Number - l.Line.Own.Number)))
            .Take(MostGroups).Order()];

    private static DotTrace Dot(IndividualView view, IndividualLine line, int at, string[] rows, bool isChanged = false)
    {
        IndividualCell cell = isChanged ? line.Changed : line.Own;
        string name = view.IsChanged ? $"{line.Label}, {(isChanged ? "as changed" : "as in the file")}" : line.Label;
        return new DotTrace(name, rows, [.. rows.Select((_, i) => i == at ? (double?)cell.Number : null)], SeriesStyle.OfModel(line.Model))
        {
            IsSparse = true,
            Hover = [.. rows.Select(_ => new ChartTip(name,
                [.. Tip(view, cell), .. line.Threshold is { } threshold ? [$"Threshold {threshold}"] : Array.Empty<string>()]))],
        };
    }

    private static string? Detail(IndividualView view, IndividualLine line) => line.Threshold is null ? null
        : view.IsChanged && line.Changed.ChangesDecision
        ? $"{view.Classes.Of(line.Own.IsPositive == true)} → {view.Classes.Of(line.Changed.IsPositive == true)}"
        : view.Classes.Of(line.Own.IsPositive == true);

    private static IReadOnlyList<string> Tip(IndividualView view, IndividualCell cell) => cell.IsPositive is { } positive
        ? [$"Probability {cell.Value}", $"Predicted: {view.Classes.Of(positive)}"]
        : [$"Prediction {cell.Value}"];
}
