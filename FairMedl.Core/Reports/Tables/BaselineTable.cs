using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;

namespace FairMedl.Core.Reports.Tables;

/// <summary>
/// A compared run against its baseline by every metric of the paper: both values with their intervals, the change, the verdict and
/// the evidence for it in the same row, with the paired test as the cell's detail.
/// </summary>
public static class BaselineTable
{
    /// <summary>The table.</summary>
    /// <param name="runs">The two runs.</param>
    /// <param name="attributes">The attributes, in order.</param>
    /// <param name="id">The table's id.</param>
    /// <param name="scope">The clusters and effects covered, for the title: "with hospital effects, hospitals seen in training".</param>
    public static ReportTable Of(RunComparison runs, IReadOnlyList<string> attributes, string id, string scope)
    {
        (IReadOnlyList<string> overall, IReadOnlyList<string> spreads) = MetricDescriptions.Paper(runs.Baseline.IsClassification);
        (string? Attribute, string Metric)[] measured =
            [.. overall.Select(m => ((string?)null, m)), .. attributes.SelectMany(a => spreads.Select(m => ((string?)a, m)))];
        return new ReportTable(
            id,
            $"{runs.Compared.Name} compared with {runs.Baseline.Name}, {scope}",
            [
                new("Attribute"),
                new("Metric"),
                ReportColumn.Number($"{runs.Baseline.Name} [95% CI]"),
                ReportColumn.Number($"{runs.Compared.Name} [95% CI]"),
                ReportColumn.Number("Corrected for chance", $"{runs.Baseline.Name} → {runs.Compared.Name}. {TableNotes.Corrected}"),
                ReportColumn.Number("Improvement (%)",
                    "Change in % of the baseline. Positive is better: a smaller spread, a larger AUROC or accuracy."),
                new("Verdict"),
                new("Evidence", Description: "What the verdict is based on. The tooltip of a cell has the full paired test."),
                ReportColumn.Number($"Noise floor of {runs.Baseline.Name}", TableNotes.Floor),
            ],
            [.. measured.Select(m => Row(runs, m.Attribute, m.Metric))],
            [
                TableNotes.Repetitions(runs.Compared.Results, runs.Split),
                .. runs.Tests is { Folds: > 0 } tests ? new NumericText[] { TestNote(tests) } : [],
                .. TableNotes.Metrics(overall.Concat(spreads).Select(MetricDescriptions.Get)),
                .. TableNotes.Counted(runs.Baseline.Results, runs.Split, attributes),
                .. TableNotes.Of(TableNotes.SpreadsByGroups, TableNotes.Corrected, TableNotes.Floor),
                .. measured.SelectMany(m => Notes(runs, m.Attribute, m.Metric)).Distinct(),
            ]);
    }

    private static ReportCell[] Row(RunComparison runs, string? attribute, string metric)
    {
        Digits digits = Digits.Of(metric, runs.Baseline.IsClassification);
        ChangeEvidence evidence = runs.Evidence(attribute, metric);
        Verdict verdict = Verdict.Of(evidence);
        return
        [
            ReportCell.Words(attribute ?? "All rows"),
            ReportCell.Name(MetricDescriptions.Get(metric)),
            ReportCell.WithInterval(evidence.Baseline, digits),
            ReportCell.WithInterval(evidence.Compared, digits),
            Corrected(runs, attribute, metric, digits),
            ReportCell.Improvement(EffectBand.Of(evidence)),
            ReportCell.Words(verdict.Words),
            ReportCell.Words(verdict.ShortReason) with { Details = [InFull(verdict, evidence.Test, digits)] },
            evidence.BaselineFloor is { } floor ? ReportCell.Number(floor.Percentile95, digits) : ReportCell.Empty,
        ];
    }

    private static ReportCell Corrected(RunComparison runs, string? attribute, string metric, Digits digits)
    {
        double? Of(Run run) => attribute is not null && run.On(runs.Split, attribute) is { } audit
            ? MetricDescriptions.Corrected(audit, metric)?.Value : null;
        return Of(runs.Baseline) is { } from && Of(runs.Compared) is { } to
            ? ReportCell.Words($"{digits.Number(from)} → {digits.Number(to)}") : ReportCell.Empty;
    }

    // The test is shown whether or not it decided the verdict.
    private static NumericText InFull(Verdict verdict, AdjustedTest? test, Digits digits)
    {
        NumericText reason = $"{verdict.FullReason.Capitalised()}.";
        if (test is null) return reason;
        PairedTest t = test.Test;
        Digits two = Digits.Fixed(2);
        return $"{reason} {test.Repetitions.Capitalised()}: mean difference {digits.Number(t.MeanDifference)} [{digits.Number(t.Lower)} to " +
            $"{digits.Number(t.Upper)}], t = {two.Number(t.T)}, Holm-adjusted {test.PWords}, effect size d_z {two.Number(t.EffectSize)}.";
    }

    private static IEnumerable<NumericText> Notes(RunComparison runs, string? attribute, string metric)
    {
        ChangeEvidence evidence = runs.Evidence(attribute, metric);
        return new[] { evidence.Baseline.Note, evidence.Compared.Note }.OfType<string>()
            .Select(n => NumericText.Of($"{attribute ?? "All rows"}, {MetricDescriptions.Get(metric).Name}: {n}."));
    }

    private static NumericText TestNote(PairedTests tests) =>
        $"Paired tests: the corrected resampled t of Nadeau and Bengio (2003) over {tests.Folds:N0} test folds " +
        $"({tests.FoldRows.Test:N0} test rows to {tests.FoldRows.Training:N0} training rows), two-sided, adjusted by Holm over " +
        $"{tests.Count(TestOver.Folds):N0} tests. A fold's groups are small, so its differences are not those of the pooled values.";
}
