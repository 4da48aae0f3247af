using FairMedl.Core.Fairness;
using FairMedl.Core.Reports;

namespace FairMedl.Web.Compare;

/// <summary>The tables of a comparison, in the page's order. A page draws them and an export writes them.</summary>
public static class CompareTables
{
    /// <summary>All that are shown.</summary>
    public static IReadOnlyList<ReportTable> Of(CompareChoice choice) =>
        choice.Others.Count == 0 ? [] : [Improvement(choice), Scatter(choice), Groups(choice), .. Tests(choice), Settings(choice)];

    /// <summary>What is shown as a report of its own, with where the runs come from.</summary>
    public static StudyReport Report(CompareChoice choice) => new(
        "Comparison of runs",
        Sentence(choice),
        [
            new ReportSection(ReportPart.Shown, "Comparison", [.. choice.Left, .. choice.Unpaired, .. choice.OtherHeads], Of(choice)),
            new ReportSection(ReportPart.Origin, "Origin", [], [RunTables.Origin(Runs(choice)), DefinitionTable.Of(choice.Baseline!.Run.Results.Header.Definition.Data.Target.Task)]),
        ]);

    /// <summary>What the page begins with: the run that narrows the shown spread most, at what price, and whether another attribute's spread is wider.</summary>
    public static string Sentence(CompareChoice choice)
    {
        if (choice.Baseline is not { } baseline || choice.Others.Count == 0) return "";
        MetricDescription performance = Performance(choice);
        Estimate from = baseline.Run.Read(choice.Split, choice.Attribute, choice.Spread.Id);
        (ShownRun Run, Estimate To, EffectBand Band)[] changes =
        [
            .. choice.Others.Where(o => Run.Incomparable(baseline.Run, o.Run, choice.Split, choice.Attribute) is null)
                .Select(o => (Run: o, To: o.Run.Read(choice.Split, choice.Attribute, choice.Spread.Id)))
                .Select(o => (o.Run, o.To, EffectBand.Of(from, o.To, choice.Spread.Better, baselineFloor: Floor(choice, baseline), floor: Floor(choice, o.Run))))
                .Where(o => o.Item3.ImprovementPercent is not null),
        ];
        WidestSpread? widest = baseline.Run.On(choice.Split) is { } audit ? WidestSpread.Among(baseline.Run.Results, audit, choice.Spread) : null;
        string where = $"{choice.Spread.Name} across {choice.Attribute}{widest?.Standing(choice.Attribute)}";
        if (changes.Length == 0) return $"No run can be held against {baseline.Run.Name} in {where}: {from.Undefined ?? string.Join("; ", choice.Others.Select(o => WhyNot(choice, o)))}.";
        (ShownRun best, Estimate to, EffectBand band) = changes.MaxBy(c => c.Band.ImprovementPercent);
        Digits digits = Digits.Of(choice.Spread.Id, baseline.Run.IsClassification), other = Digits.Of(performance.Id, baseline.Run.IsClassification);
        string interval = to is { Lower: { } lower, Upper: { } upper } ? $" [95\u00a0% CI {digits.Format(lower)} to {digits.Format(upper)}]" : "";
        string Show(Run run) => run.Read(choice.Split, performance.Id).Value is { } v ? other.Format(v) : "undefined";
        string subject = band.Size is EffectSize.ModerateToLarge or EffectSize.Low ? $"{best.Run.Name} does best in {where}" : $"No run does clearly better than {baseline.Run.Name} in {where}; nearest is {best.Run.Name}";
        return $"{subject}: {digits.Format(from.Value!.Value)} to {digits.Format(to.Value!.Value)}{interval}, {band.Words}; {performance.NameInText} {Show(baseline.Run)} to {Show(best.Run)}.{widest?.Instead(choice.Attribute, choice.Spread.Name, baseline.Run.Name, digits)}";
    }

    private static string WhyNot(CompareChoice choice, ShownRun other) =>
        Run.Incomparable(choice.Baseline!.Run, other.Run, choice.Split, choice.Attribute) is { } incomparable ? $"{other.Run.Name} has {incomparable} than the baseline"
        : $"{other.Run.Name}: {EffectBand.Of(choice.Baseline.Run.Read(choice.Split, choice.Attribute, choice.Spread.Id), other.Run.Read(choice.Split, choice.Attribute, choice.Spread.Id), choice.Spread.Better).Undefined}";

    private static SpreadFloor? Floor(CompareChoice choice, ShownRun run) =>
        run.Run.On(choice.Split, choice.Attribute) is { } audit ? MetricDescriptions.Floor(audit, choice.Spread.Id) : null;

    /// <summary>The improvement table.</summary>
    public static ReportTable Improvement(CompareChoice choice) => RunTables.Improvement(choice.Baseline!.Run, [.. choice.Others.Select(o => o.Run)], choice.Split);

    /// <summary>The numbers behind the chart of accuracy against fairness.</summary>
    public static ReportTable Scatter(CompareChoice choice)
    {
        MetricDescription up = Performance(choice);
        bool classes = choice.Baseline!.Run.IsClassification;
        Digits across = Digits.Of(choice.Spread.Id, classes), digits = Digits.Of(up.Id, classes);
        return new ReportTable(
            "runs-scatter",
            $"{up.Name} against {choice.Spread.Name}, {choice.Attribute}, {ResultNames.Long(choice.Split)}",
            [new("Run"), ReportColumn.Of(choice.Spread), new("95 % CI"), ReportColumn.Of(up), new("95 % CI")],
            [.. choice.Runs.Select(r => (r.Run, Across: r.Run.Read(choice.Split, choice.Attribute, choice.Spread.Id), Up: r.Run.Read(choice.Split, up.Id))).Select(r => new[]
            {
                ReportCell.Words(r.Run.Name), ReportCell.Of(r.Across, across), ReportCell.Interval(r.Across, across), ReportCell.Of(r.Up, digits), ReportCell.Interval(r.Up, digits),
            })],
            []);
    }

    /// <summary>Differences by group.</summary>
    public static ReportTable Groups(CompareChoice choice) =>
        RunTables.GroupDifferences(choice.Baseline!.Run, [.. choice.Others.Select(o => o.Run)], choice.Split, choice.Attribute, choice.Rate);

    /// <summary>Paired tests of each run that can be paired with the baseline.</summary>
    public static IReadOnlyList<ReportTable> Tests(CompareChoice choice) =>
        [.. choice.Others.Select(o => PairedTestTable.Of(choice.Baseline!.Run, o.Run, choice.Split)).OfType<ReportTable>().Where(t => t.Rows.Any(r => r[3].IsNumber))];

    /// <summary>In what the runs differ.</summary>
    public static ReportTable Settings(CompareChoice choice) => RunSettings.Differences(Runs(choice));

    /// <summary>What stands upwards in the scatter.</summary>
    public static MetricDescription Performance(CompareChoice choice) => MetricDescriptions.Performance(choice.Baseline!.Run.IsClassification);

    private static IReadOnlyList<Run> Runs(CompareChoice choice) => [.. choice.Others.Select(o => o.Run).Prepend(choice.Baseline!.Run)];
}
