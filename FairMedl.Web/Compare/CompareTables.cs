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

    /// <summary>What the page begins with: the run with the best verdict on the shown attribute, compared with the baseline.</summary>
    public static string Sentence(CompareChoice choice)
    {
        if (choice.Baseline is not { } baseline || choice.Others.Count == 0) return "";
        RunComparison best = choice.Others
            .Select(o => new RunComparison(baseline.Run, o.Run, choice.Split))
            .OrderBy(c => Rank(c.Judge(choice.Attribute, choice.Spread.Id).Kind))
            .ThenByDescending(c => c.Evidence(choice.Attribute, choice.Spread.Id).GainPercent ?? double.NegativeInfinity)
            .First();
        return StudySentence.Parts(best, choice.Attribute, choice.Spread.Id).ToString();
    }

    private static int Rank(VerdictKind kind) => kind switch
    {
        VerdictKind.ClearImprovement => 0,
        VerdictKind.NoClearChange => 1,
        VerdictKind.ClearlyWorse => 2,
        VerdictKind.CannotJudge => 3,
    };

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
