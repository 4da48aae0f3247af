using FairMedl.Core.Data;
using FairMedl.Core.Fairness;
using FairMedl.Core.Reports;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Controls;
using FairMedl.Web.Studies;

namespace FairMedl.Web.Results;

/// <summary>The views of results as charts, each model in its own style.</summary>
public static class ResultsCharts
{
    // More names than this beside their points are not looked for a place; a key above the chart tells them then.
    private const int MostLabels = 4;

    private static readonly SeriesStyle FrontStyle = new("var(--fm-ink-faint)", "dot", "circle");

    /// <summary>Accuracy against fairness: intervals both ways, the front as a faint line, the noise floor as a grey band.</summary>
    public static Chart Scatter(ResultsChoice choice, ScatterView view) => new()
    {
        Title = $"{view.Up.Name} against {view.Across.Name}",
        X = new ChartAxis($"{view.Across.Name} across {choice.Attribute} ({(view.Across.Better == BetterDirection.Higher ? 1 : 0)} = no difference)") { ZeroInView = true },
        Y = new ChartAxis(view.Up.Name),
        Height = 400,
        Legend = view.Points.Count > MostLabels,
        Bands = NoiseFloorText.Band(choice) is { } floor ? [new ChartBand('x', 0, floor.Percentile95, "chance alone")] : [],
        Traces =
        [
            .. view.Front.Count > 1
                ? new IChartTrace[] { new LineTrace("Front", [.. view.Front.Select(p => p.Across.Value!.Value)], [.. view.Front.Select(p => p.Up.Value)], FrontStyle) { IsGuide = true } }
                : [],
            .. view.Points.Select(p => new ScatterTrace(p.Label, [p.Across.Value], [p.Up.Value], SeriesStyle.OfModel(p.Model))
            {
                Labels = view.Points.Count > MostLabels ? null : [p.Label],
                XLower = [p.Across.Lower], XUpper = [p.Across.Upper], YLower = [p.Up.Lower], YUpper = [p.Up.Upper],
                Hover = [new ChartTip(p.Label, [.. Full(view.Across, p.Across, choice), .. Full(view.Up, p.Up, choice)])],
            }),
        ],
    };

    /// <summary>A rate by group, a bar a model.</summary>
    public static Chart Groups(ResultsChoice choice, GroupBarsView view) => new()
    {
        Title = $"{view.Rate.Name} by {choice.Attribute}",
        X = new ChartAxis(choice.Attribute) { Categories = view.Groups },
        Y = new ChartAxis(view.Rate.Name) { ZeroInView = true },
        Height = 380,
        Legend = true,
        // Each model's band lies on its own bar, so that nobody reads it as another one's.
        CategoryBands = [.. view.Series.SelectMany((s, at) => s.Bars.Select((b, i) => b.Chance is { } chance ? new ChartCategoryBand(i, chance.Lower, chance.Upper) { Bar = at, Bars = view.Series.Count, Color = SeriesStyle.OfModel(s.Model).Color } : null)).OfType<ChartCategoryBand>()],
        Traces =
        [
            .. view.Series.Select(s =>
            {
                SeriesStyle style = SeriesStyle.OfModel(s.Model);
                return new BarTrace(s.Label, view.Groups, [.. s.Bars.Select(b => b.Estimate.Value)], style.Color)
                {
                    Lower = [.. s.Bars.Select(b => b.Estimate.Lower)],
                    Upper = [.. s.Bars.Select(b => b.Estimate.Upper)],
                    Hover = [.. s.Bars.Select(b => new ChartTip($"{s.Label}, {b.Group}", Full(choice.Rate, b.Estimate, choice)))],
                    IsHatched = style.Symbol.EndsWith("-open", StringComparison.Ordinal),
                };
            }),
        ],
    };

    /// <summary>A loss by epoch, a line a model.</summary>
    public static Chart Training(TrainingCurves curves) => new()
    {
        Title = curves.Term.Title(),
        X = new ChartAxis("Epoch"),
        Y = new ChartAxis(curves.Term.Axis()),
        Legend = true,
        Traces =
        [
            .. curves.Curves.Select(c => new LineTrace($"{c.Label}: {c.Symbols}", [.. c.Points.Select(p => (double)p.Epoch)], [.. c.Points.Select(p => (double?)p.Mean)], SeriesStyle.OfModel(c.Model))
            {
                Hover = [.. c.Points.Select(p => new ChartTip(FormattableString.Invariant($"{c.Label}, epoch {p.Epoch}"), FormattableString.Invariant($"mean {p.Mean:0.000}, {p.Least:0.000} to {p.Greatest:0.000}"), FormattableString.Invariant($"{p.Fits} {(p.Fits == 1 ? "fit" : "fits")}")))],
            }),
        ],
    };

    private static IReadOnlyList<string> Full(MetricDescription metric, Estimate estimate, ResultsChoice choice) =>
        Told(metric, estimate, choice.Task == PredictionTask.Classification);

    /// <summary>A number in a tooltip: the metric and its value, then interval, n and note, a line each.</summary>
    internal static IReadOnlyList<string> Told(MetricDescription metric, Estimate estimate, bool classification)
    {
        ReportCell cell = ReportCell.Of(estimate, Digits.Of(metric.Id, classification));
        return [$"{metric.Name} {cell.Content}", .. cell.Detail?.Split("; ") ?? []];
    }
}
