using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Components.Disparity;
using Plotly.Blazor.Traces.ScatterLib;

namespace FairMedl.Web.Compare;

/// <summary>A comparison as charts, each run in its own style.</summary>
public static class CompareCharts
{
    private const int MostLabels = 4;

    private static readonly SeriesStyle FrontStyle = new("var(--fm-ink-faint)", "dot", "circle");

    /// <summary>Accuracy against fairness, a point for each run, with the Pareto front.</summary>
    public static Chart Scatter(CompareChoice choice)
    {
        MetricDescription up = CompareTables.Performance(choice);
        (ShownRun Run, Estimate Across, Estimate Up)[] points =
        [
            .. choice.Runs.Select(r => (r, r.Run.Read(choice.Split, choice.Attribute, choice.Spread.Id), r.Run.Read(choice.Split, up.Id)))
                .Where(p => p.Item2.Value is not null && p.Item3.Value is not null),
        ];
        IReadOnlyList<int> front = ParetoFront.Of([.. points.Select(p => (p.Across.Value!.Value, p.Up.Value!.Value))], choice.Spread.Better, up.Better);
        SpreadFloor? floor = choice.Baseline!.Run.On(choice.Split, choice.Attribute) is { } audit ? MetricDescriptions.Floor(audit, choice.Spread.Id) : null;
        return new Chart
        {
            Title = $"{up.Name} and fairness",
            X = new ChartAxis($"{choice.Spread.Name} of {ColumnWords.Of(choice.Attribute)} ({(choice.Spread.Better == BetterDirection.Higher ? 1 : 0)} = no difference)") { ZeroInView = true },
            Y = new ChartAxis(up.Name),
            Height = 400,
            Legend = points.Length > MostLabels,
            Bands = floor is null ? [] : [new ChartBand('x', 0, floor.Percentile95, "noise floor")],
            Traces =
            [
                .. front.Count > 1
                    ? new IChartTrace[] { new LineTrace("Pareto front", [.. front.Select(i => points[i].Across.Value!.Value)], [.. front.Select(i => points[i].Up.Value)], FrontStyle) { IsGuide = true } }
                    : [],
                .. points.Select((p, i) => new ScatterTrace(p.Run.Run.Name, [p.Across.Value], [p.Up.Value], p.Run.Style)
                {
                    Labels = points.Length > MostLabels ? null : [p.Run.Run.Name],
                    LabelPosition = LabelSide(choice.Spread.Better, isOnFront: front.Contains(i)),
                    XLower = [p.Across.Lower], XUpper = [p.Across.Upper], YLower = [p.Up.Lower], YUpper = [p.Up.Upper],
                    Hover = [new ChartTip(p.Run.Run.Name, [.. Tip(choice, choice.Spread, p.Across), .. Tip(choice, up, p.Up)])],
                }),
            ],
        };
    }

    /// <summary>
    /// The other runs that are not in the chart by group, because they have no groups of the attribute or groups that the baseline
    /// does not have, each with the reason. A run that merely lacks one of the baseline's groups is in the chart.
    /// </summary>
    public static IReadOnlyList<(ShownRun Run, string Reason)> WithoutGroups(CompareChoice choice, string attribute)
    {
        HashSet<string> groups = [.. choice.Baseline!.Run.On(choice.Split, attribute)?.Groups.Select(g => g.Group) ?? []];
        return [.. choice.Others.Select(o => (o, Reason(o))).Where(o => o.Item2 is not null).Select(o => (o.o, o.Item2!))];

        string? Reason(ShownRun other) => other.Run.On(choice.Split, attribute) is not { } audit
            ? other.Run.Read(choice.Split, attribute, choice.Spread.Id).Undefined
            : audit.Groups.All(g => groups.Contains(g.Group)) ? null : $"other groups of {attribute} than the baseline's";
    }

    /// <summary>The chosen metric by group of an attribute, a dot with its interval for each run.</summary>
    public static Chart Groups(CompareChoice choice, string attribute)
    {
        IEnumerable<ShownRun> without = WithoutGroups(choice, attribute).Select(w => w.Run);
        bool isClassification = choice.Baseline!.Run.IsClassification;
        GroupDots dots = GroupDots.Of(
            attribute,
            choice.Rate,
            [.. choice.BaselineFirst.Except(without).Where(r => r.Run.On(choice.Split, attribute) is not null).Select(r => new GroupDotsSeries(r.Run.Name, r.Style, r.Run.On(choice.Split, attribute)!))],
            isClassification);
        Chart chart = GroupDotsChart.Of(dots, isClassification);
        // The page names the runs once for all attributes, and says in words what the metric is.
        return chart with { Legend = false, X = chart.X with { Title = choice.Rate.Name } };
    }

    // The names of the Pareto front are on the side that no other point can be on, those of dominated runs on the opposite side.
    private static TextPositionEnum LabelSide(BetterDirection better, bool isOnFront) => better == BetterDirection.Higher
        ? isOnFront ? TextPositionEnum.TopRight : TextPositionEnum.BottomLeft
        : isOnFront ? TextPositionEnum.TopLeft : TextPositionEnum.BottomRight;

    private static IReadOnlyList<string> Tip(CompareChoice choice, MetricDescription metric, Estimate estimate) =>
        EstimateTip.Lines(metric, estimate, choice.Baseline!.Run.IsClassification);
}
