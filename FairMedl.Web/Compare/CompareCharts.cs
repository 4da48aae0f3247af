using FairMedl.Core.Fairness;
using FairMedl.Core.Reports;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Results;

namespace FairMedl.Web.Compare;

/// <summary>A comparison as charts, each run in its own style.</summary>
public static class CompareCharts
{
    private const int MostLabels = 4;

    /// <summary>Accuracy against fairness, a point a run.</summary>
    public static Chart Scatter(CompareChoice choice)
    {
        MetricDescription up = CompareTables.Performance(choice);
        (ShownRun Run, Estimate Across, Estimate Up)[] points =
        [
            .. choice.Runs.Select(r => (r, r.Run.Read(choice.Split, choice.Attribute, choice.Spread.Id), r.Run.Read(choice.Split, up.Id)))
                .Where(p => p.Item2.Value is not null && p.Item3.Value is not null),
        ];
        SpreadFloor? floor = choice.Baseline!.Run.On(choice.Split, choice.Attribute) is { } audit ? MetricDescriptions.Floor(audit, choice.Spread.Id) : null;
        return new Chart
        {
            Title = $"{up.Name} against {choice.Spread.Name}",
            X = new ChartAxis($"{choice.Spread.Name} across {choice.Attribute} ({(choice.Spread.Better == BetterDirection.Higher ? 1 : 0)} = no difference)") { ZeroInView = true },
            Y = new ChartAxis(up.Name),
            Height = 380,
            Legend = points.Length > MostLabels,
            Bands = floor is null ? [] : [new ChartBand('x', 0, floor.Percentile95, "chance alone")],
            Traces =
            [
                .. points.Select(p => new ScatterTrace(p.Run.Run.Name, [p.Across.Value], [p.Up.Value], p.Run.Style)
                {
                    Labels = points.Length > MostLabels ? null : [p.Run.Run.Name],
                    XLower = [p.Across.Lower], XUpper = [p.Across.Upper], YLower = [p.Up.Lower], YUpper = [p.Up.Upper],
                    Hover = [new ChartTip(p.Run.Run.Name, [.. Told(choice.Spread, p.Across, choice), .. Told(up, p.Up, choice)])],
                }),
            ],
        };
    }

    /// <summary>The other runs that have no group in which they differ from the baseline by a number: not in the chart by group.</summary>
    public static IReadOnlyList<ShownRun> WithoutGroups(CompareChoice choice) => [.. choice.Others.Where(o => Differences(choice, o).All(d => d.Value is null))];

    private static string[] GroupsOf(CompareChoice choice) => [.. RunTables.Groups(choice.Baseline!.Run, [.. choice.Others.Select(o => o.Run)], choice.Split, choice.Attribute)];

    private static Estimate[] Differences(CompareChoice choice, ShownRun other) =>
        [.. GroupsOf(choice).Select(g => DifferenceInterval.Of(choice.Baseline!.Run.Read(choice.Split, choice.Attribute, g, choice.Rate.Id), other.Run.Read(choice.Split, choice.Attribute, g, choice.Rate.Id)))];

    /// <summary>Each run's difference to the baseline by group, with its interval; zero is no difference.</summary>
    public static Chart Groups(CompareChoice choice)
    {
        Run baseline = choice.Baseline!.Run;
        string[] groups = GroupsOf(choice);
        return new Chart
        {
            Title = $"{choice.Rate.Name} by {choice.Attribute}: difference to {baseline.Name}",
            X = new ChartAxis(choice.Attribute) { Categories = groups },
            Y = new ChartAxis($"Difference in {choice.Rate.Name}") { ZeroInView = true },
            Height = 360,
            Legend = true,
            Lines = [new ChartLine('y', 0)],
            Traces =
            [
                .. choice.Others.Except(WithoutGroups(choice)).Select(o =>
                {
                    Estimate[] differences = Differences(choice, o);
                    return new BarTrace(o.Run.Name, groups, [.. differences.Select(d => d.Value)], o.Style.Color)
                    {
                        Lower = [.. differences.Select(d => d.Lower)],
                        Upper = [.. differences.Select(d => d.Upper)],
                        IsHatched = o.Style.Symbol.EndsWith("-open", StringComparison.Ordinal),
                        Hover = [.. groups.Zip(differences).Select(d => new ChartTip($"{o.Run.Name}, {d.First}", Told(choice.Rate, d.Second, choice)))],
                    };
                }),
            ],
        };
    }

    private static IReadOnlyList<string> Told(MetricDescription metric, Estimate estimate, CompareChoice choice) =>
        ResultsCharts.Told(metric, estimate, choice.Baseline!.Run.IsClassification);
}
