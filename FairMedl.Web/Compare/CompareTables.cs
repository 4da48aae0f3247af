using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;

namespace FairMedl.Web.Compare;

/// <summary>The sentence and the tables of a comparison, for the page and its export.</summary>
public static class CompareTables
{
    /// <summary>All tables.</summary>
    public static IReadOnlyList<ReportTable> Of(CompareChoice choice) => choice.Others.Count == 0
        ? []
        : [Scatter(choice), .. choice.Shown.Select(a => Groups(choice, a)), Improvement(choice), .. Evidence(choice).Select(e => e.Table), Settings(choice)];

    /// <summary>What is shown as a report of its own, with the provenance of the runs.</summary>
    public static StudyReport Report(CompareChoice choice) => new(
        "Comparison of runs",
        Sentence(choice).ToString(),
        [
            new ReportSection(ReportPart.Shown, "Comparison", [.. choice.LeftOut, .. new[] { Computed(choice) }.OfType<string>(), .. choice.Others.Select(choice.Unpaired).OfType<string>(), .. choice.OtherHeads.Select(t => t.ToString())], Of(choice)),
            new ReportSection(ReportPart.Origin, "Provenance", [], [Origin(choice), DefinitionTable.Of(choice.Baseline!.Run.Results.Header.Definition.Data.Target.Task)]),
        ]);

    /// <summary>
    /// The opening sentence: the run with the best verdict, compared with the baseline. It speaks of all attributes, or of the
    /// chosen one.
    /// </summary>
    public static SentenceParts Sentence(CompareChoice choice)
    {
        if (choice.Comparisons.Count == 0) return SentenceParts.Empty;
        RunComparison best = choice.Comparisons
            .OrderBy(c => choice.Shown.Min(a => Rank(c.Judge(a, choice.Spread.Id).Kind)))
            .ThenByDescending(c => choice.Shown.Count(a => c.Judge(a, choice.Spread.Id).Kind == VerdictKind.ClearImprovement))
            .ThenByDescending(c => c.Evidence(choice.Attribute, choice.Spread.Id).GainPercent ?? double.NegativeInfinity)
            .First();
        return StudySentence.Parts(best, choice.IsAll ? null : choice.Attribute, choice.Spread.Id);
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

    /// <summary>The numbers of the figure of accuracy against fairness.</summary>
    public static ReportTable Scatter(CompareChoice choice)
    {
        MetricDescription up = Performance(choice);
        bool classes = choice.Baseline!.Run.IsClassification;
        Digits across = Digits.Of(choice.Spread, classes), digits = Digits.Of(up, classes);
        return new ReportTable(
            "runs-scatter",
            $"{up.Name} and {choice.Spread.Name} of {choice.Attribute}, {choice.Clusters.Of(choice.Split)}",
            [new("Run"), ReportColumn.Of(choice.Spread), new("95% CI"), ReportColumn.Of(up), new("95% CI")],
            [.. choice.Runs.Select(r => (r.Run, Across: r.Run.Read(choice.Split, choice.Attribute, choice.Spread.Id), Up: r.Run.Read(choice.Split, up.Id))).Select(r => new[]
            {
                ReportCell.Words(r.Run.Name), ReportCell.Of(r.Across, across), ReportCell.Interval(r.Across, across), ReportCell.Of(r.Up, digits), ReportCell.Interval(r.Up, digits),
            })],
            []);
    }

    /// <summary>The chosen metric by group, with the differences to the baseline.</summary>
    public static ReportTable Groups(CompareChoice choice, string attribute) =>
        RunTables.GroupDifferences(choice.Baseline!.Run, [.. choice.Others.Select(o => o.Run)], choice.Split, attribute, choice.Rate) with { Id = $"runs-groups-{attribute}" };

    /// <summary>By other run: every metric against the baseline, with the verdict and the paired test in its row.</summary>
    public static IReadOnlyList<(ShownRun Run, ReportTable Table)> Evidence(CompareChoice choice) =>
        [.. choice.Others.Zip(choice.Comparisons, (run, comparison) => (run, BaselineTable.Of(comparison, choice.Shown, $"evidence-{run.Key.Study}-{run.Key.Model}", choice.Clusters.Of(choice.Split))))];

    /// <summary>The settings in which the runs differ.</summary>
    public static ReportTable Settings(CompareChoice choice) => RunSettings.Differences(Runs(choice));

    /// <summary>A sentence where the runs were computed by different engines or devices; null where they were not.</summary>
    public static string? Computed(CompareChoice choice) => choice.Others.Count == 0 ? null : RunOrigins.Difference(Runs(choice));

    /// <summary>The studies, hashes and seeds of the runs.</summary>
    public static ReportTable Origin(CompareChoice choice) => RunTables.Origin(Runs(choice));

    /// <summary>The performance metric of the task.</summary>
    public static MetricDescription Performance(CompareChoice choice) => MetricDescriptions.Performance(choice.Baseline!.Run.IsClassification);

    private static IReadOnlyList<Run> Runs(CompareChoice choice) => [.. choice.BaselineFirst.Select(r => r.Run)];
}
