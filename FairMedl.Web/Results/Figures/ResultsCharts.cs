using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Components.Disparity;
using FairMedl.Web.Studies.Queue;
using Plotly.Blazor.Traces.ScatterLib;

namespace FairMedl.Web.Results.Figures;

/// <summary>The charts of the results, each model in its own style.</summary>
public static class ResultsCharts
{
    // The plot's size that names are placed by, in pixels: on wider pages they have more room.
    private const double PlotWidth = 640, PlotHeight = 330;
    private const double Room = .06;

    private static readonly SeriesStyle FrontStyle = new("var(--fm-ink-faint)", "dot", "circle");

    /// <summary>Accuracy and fairness: intervals both ways, the Pareto front as a faint line, the noise floor as a grey band.</summary>
    public static Chart Scatter(ResultsChoice choice, ScatterView view)
    {
        (double From, double To) x = Range(view.Points.Select(p => p.Across), fromZero: view.Across.Better != BetterDirection.Higher), y = Range(view.Points.Select(p => p.Up), fromZero: false);
        IReadOnlyList<TextPositionEnum>? sides = LabelPlacement.Of([.. view.Points.Select(p => Placed(p, x, y))], PlotWidth, PlotHeight);
        return new Chart
        {
            Title = $"{view.Up.Name} and fairness",
            X = new ChartAxis($"{view.Across.Name} of {choice.Attribute} ({(view.Across.Better == BetterDirection.Higher ? 1 : 0)} = no difference)") { From = x.From, To = x.To },
            Y = new ChartAxis(view.Up.Name) { From = y.From, To = y.To },
            Height = 420,
            Legend = sides is null,
            Bands = NoiseFloor(choice) is { } floor ? [new ChartBand('x', 0, Math.Min(floor.Percentile95, x.To), "noise floor")] : [],
            Traces =
            [
                .. view.Front.Count > 1
                    ? new IChartTrace[] { new LineTrace("Pareto front", [.. view.Front.Select(p => p.Across.Value!.Value)], [.. view.Front.Select(p => p.Up.Value)], FrontStyle) { IsGuide = true } }
                    : [],
                .. view.Points.Select((p, i) => new ScatterTrace(p.Label, [p.Across.Value], [p.Up.Value], SeriesStyle.OfModel(p.Model))
                {
                    Labels = sides is null ? null : [p.Label],
                    LabelPosition = sides?[i] ?? TextPositionEnum.TopRight,
                    XLower = [p.Across.Lower], XUpper = [p.Across.Upper], YLower = [p.Up.Lower], YUpper = [p.Up.Upper],
                    Hover = [new ChartTip(p.Label,
                        [.. TipLines(view.Across, p.Across, choice.IsClassification), .. TipLines(view.Up, p.Up, choice.IsClassification)])],
                }),
            ],
        };
    }

    /// <summary>A loss by epoch: a thin line for each fit and the model's mean in bold.</summary>
    public static Chart Training(TrainingCurves curves) => new()
    {
        Title = curves.Term.Title(),
        X = new ChartAxis("Epoch"),
        Y = new ChartAxis(curves.Term.Axis()),
        Legend = true,
        Height = 400,
        Traces = [.. curves.Curves.SelectMany(c => FoldCurves.Of(c.Label, SeriesStyle.OfModel(c.Model), c.Fits))],
    };

    /// <summary>The baseline's noise floor of the chosen spread, or null.</summary>
    public static SpreadFloor? NoiseFloor(ResultsChoice choice) => choice.AttributeOf(choice.Baseline) is { } audit ? MetricDescriptions.Floor(audit, choice.Spread.Id) : null;

    /// <summary>A number in a tooltip: the metric and its value, then interval, n and note, a line each.</summary>
    internal static IReadOnlyList<string> TipLines(MetricDescription metric, Estimate estimate, bool classification) =>
        EstimateTip.Lines(metric, estimate, classification);

    private static NamedPoint Placed(ScatterPoint point, (double From, double To) x, (double From, double To) y)
    {
        double Across(double value) => PlotWidth * (value - x.From) / (x.To - x.From);
        double Up(double value) => PlotHeight * (value - y.From) / (y.To - y.From);
        double across = point.Across.Value!.Value, up = point.Up.Value!.Value;
        return new NamedPoint(Across(across), Up(up), point.Label)
        {
            Across = (Across(point.Across.Lower ?? across), Across(point.Across.Upper ?? across)),
            Up = (Up(point.Up.Lower ?? up), Up(point.Up.Upper ?? up)),
        };
    }

    private static (double From, double To) Range(IEnumerable<Estimate> estimates, bool fromZero)
    {
        double[] ends = [.. estimates.SelectMany(e => new[] { e.Value, e.Lower, e.Upper }).OfType<double>()];
        if (ends.Length == 0) return (0, 1);
        double low = fromZero ? Math.Min(0, ends.Min()) : ends.Min(), high = ends.Max(), room = Room * Math.Max(high - low, 1e-6);
        return (fromZero && low == 0 ? -room / 4 : low - room, high + room);
    }
}
