using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>
/// Table of the paired tests of two models: over folds, then over seeds where there are enough, with the effect size beside p.
/// </summary>
public static class PairedTestTable
{
    /// <summary>All tests of two models of a study; null where both have too few folds and seeds in common.</summary>
    /// <param name="results">The study.</param>
    /// <param name="baseline">The baseline's id.</param>
    /// <param name="fair">The compared model's id.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="head">The head where a model has both; null = the main one.</param>
    public static ReportTable? Of(StudyResults results, string baseline, string fair, Split split, Head? head = null)
    {
        return Of(RunOf(baseline), RunOf(fair), split) is { } table
            ? table with { Id = $"tests-{fair}-{baseline}-{ResultNames.Id(split)}" } : null;

        Run RunOf(string model)
        {
            Head by = StudyResults.HeadOf(model, head ?? StudyResults.MainHead(split));
            return new Run(ResultNames.Model(model, by), results, model, by);
        }
    }

    /// <summary>
    /// All tests of two runs that may be of two studies; null where they cannot be paired
    /// (<see cref="RunPairing"/>) or have too few repetitions.
    /// </summary>
    public static ReportTable? Of(Run baseline, Run fair, Split split) => Of(new RunComparison(baseline, fair, split));

    /// <summary>All tests of a comparison; null where there are none.</summary>
    public static ReportTable? Of(RunComparison comparison) =>
        comparison.Tests is { } tests ? Table(comparison, tests, tests.Measured) : null;

    /// <summary>The tests of one metric, for the row that it is about; null where there are none.</summary>
    /// <param name="comparison">The two runs.</param>
    /// <param name="attribute">The attribute; null for a metric over all rows.</param>
    /// <param name="metric">The metric's id.</param>
    public static ReportTable? Of(RunComparison comparison, string? attribute, string metric) =>
        comparison.Tests is { } tests && (tests.Find(attribute, metric) ?? tests.Find(attribute, metric, TestOver.Seeds)) is not null
            ? Table(comparison, tests, [(attribute, metric)])
            : null;

    private static ReportTable Table(RunComparison comparison, PairedTests tests,
        IReadOnlyList<(string? Attribute, string Metric)> measured)
    {
        Run baseline = comparison.Baseline, fair = comparison.Compared;
        ClusterWords words = ClusterWords.Of(baseline.Results);
        var kinds = new List<(TestOver Over, NumericText Name, NumericText Note)>();
        if (tests.Folds > 0)
        {
            kinds.Add((TestOver.Folds, $"{tests.Folds:N0} folds",
                $"Over folds: corrected resampled t test (Nadeau and Bengio 2003) over {tests.Folds:N0} test folds of all seeds, with " +
                $"{tests.FoldRows.Test:N0} test rows and {tests.FoldRows.Training:N0} training rows each; two-sided; Holm-adjusted over " +
                $"{tests.Count(TestOver.Folds):N0} tests. A fold has few rows in each group, so its spreads are larger than those of " +
                $"all rows together."));
        }

        if (tests.Seeds > 0)
        {
            kinds.Add((TestOver.Seeds, $"{tests.Seeds:N0} seeds",
                $"Over seeds: Student's paired t test over {tests.Seeds:N0} seeds; two-sided; Holm-adjusted over " +
                $"{tests.Count(TestOver.Seeds):N0} tests. All seeds share the same rows, so a small p shows that training separates the " +
                $"models, not that other rows would."));
        }

        return new ReportTable(
            $"tests-{fair.Name}-{baseline.Name}-{ResultNames.Id(comparison.Split)}",
            $"Paired tests: {fair.Name} minus {baseline.Name}, {words.Of(comparison.Split)}",
            [
                new("Attribute"), new("Metric"), new("Repeated over"), ReportColumn.Number("Mean difference"), new("95% CI"),
                ReportColumn.Number("t"), ReportColumn.Number("p"),
                ReportColumn.Number("p (Holm)", "Adjusted for the number of tests (Holm 1979)."),
                ReportColumn.Number("Effect size (d)",
                "Mean difference divided by the standard deviation of the differences (Cohen's d of paired differences)."),
            ],
            [.. measured.SelectMany(m => kinds.Select(kind =>
                Row(m.Attribute, MetricDescriptions.Get(m.Metric), kind.Name, tests.Find(m.Attribute, m.Metric, kind.Over),
                baseline.IsClassification)))],
            [
                .. kinds.Select(kind => kind.Note),
                .. TableNotes.Of("A dash means that the metric is undefined in too many repetitions or that no difference varies."),
            ]);
    }

    private static ReportCell[] Row(string? attribute, MetricDescription metric, NumericText over, AdjustedTest? adjusted, bool classification)
    {
        Digits digits = Digits.Of(metric, classification) == Digits.Rate ? Digits.Fixed(4) : Digits.Significant(4);
        ReportCell[] head = [ReportCell.Words(attribute ?? "All rows"), ReportCell.Name(metric), ReportCell.Words(over)];
        if (adjusted is null) return [.. head, .. Enumerable.Repeat(ReportCell.None(), 6)];
        PairedTest test = adjusted.Test;
        return
        [
            .. head,
            ReportCell.Number(test.MeanDifference, digits),
            ReportCell.Interval(test.Lower, test.Upper, digits),
            ReportCell.Number(test.T, Digits.Fixed(2)),
            ReportCell.Number(test.P, Digits.Probability),
            ReportCell.Number(adjusted.AdjustedP, Digits.Probability),
            ReportCell.Number(test.EffectSize, Digits.Fixed(2)),
        ];
    }
}
