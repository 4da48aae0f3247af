using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>
/// Whether two models differ beyond what their seeds vary: paired t over the same seeds by main heads, adjusted by Holm
/// over the table, with the effect size beside p. It says nothing about other rows: all seeds share the study's rows.
/// </summary>
public static class PairedTestTable
{
    /// <summary>The table; null with fewer than two seeds that both models finished.</summary>
    public static ReportTable? Of(StudyResults results, string baseline, string fair, Split split)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        (SplitAudit First, SplitAudit Second)[] pairs = BySeed(results, baseline, split)
            .Join(BySeed(results, fair, split), a => a.Seed, b => b.Seed, (a, b) => (a.Audit, b.Audit))
            .ToArray();
        if (pairs.Length < 2) return null;

        var lines = new List<(string Attribute, MetricDescription Metric, PairedTest? Test)>();
        foreach (MetricDescription metric in MetricDescriptions.Of(MetricScope.Overall, classification).Where(m => m.Id != "accuracy"))
            lines.Add(("All rows", metric, Test(pairs, a => MetricDescriptions.Read(a, metric.Id))));
        for (int a = 0; a < pairs[0].First.Attributes.Count; a++)
        {
            int attribute = a;
            foreach (MetricDescription metric in ComparisonTable.PaperMetrics(classification).Select(MetricDescriptions.Get))
                lines.Add((pairs[0].First.Attributes[a].Attribute, metric, Test(pairs, audit => MetricDescriptions.Read(audit.Attributes[attribute], metric.Id))));
        }

        IReadOnlyList<double?> holm = PairedTest.Holm(lines.Select(l => l.Test?.P).ToArray());
        ReportCell[][] rows = lines.Select((line, i) =>
        {
            Digits digits = Digits.Of(line.Metric.Id, classification) == Digits.Rate ? Digits.Fixed(4) : Digits.Significant(4);
            ReportCell[] head = [ReportCell.Words(line.Attribute), ReportCell.Name(line.Metric)];
            if (line.Test is not { } test) return [.. head, .. Enumerable.Repeat(ReportCell.Words("–"), 6)];
            return (ReportCell[])
            [
                .. head,
                ReportCell.Number(test.MeanDifference, digits),
                ReportCell.Words($"{digits.Format(test.Lower)} to {digits.Format(test.Upper)}"),
                ReportCell.Number(test.T, Digits.Fixed(2)),
                Probability(test.P),
                Probability(holm[i]!.Value),
                ReportCell.Number(test.EffectSize, Digits.Fixed(2)),
            ];
        }).ToArray();
        return new ReportTable(
            $"tests-{fair}-{baseline}-{ResultNames.Id(split)}",
            $"Paired tests over seeds: {ResultNames.Model(fair, StudyResults.MainHead(fair))} minus {ResultNames.Model(baseline, StudyResults.MainHead(baseline))}, {ResultNames.Long(split)}",
            [new("Attribute"), new("Metric"), ReportColumn.Number("Mean difference"), new("95 % CI"), ReportColumn.Number("t"), ReportColumn.Number("p"), ReportColumn.Number("p (Holm)"), ReportColumn.Number("Effect size d_z")],
            rows,
            [
                FormattableString.Invariant($"Student's paired t over {pairs.Length} seeds, two-sided, adjusted by Holm over the {lines.Count(l => l.Test is not null)} tests of this table. Seeds share their rows, so a small p says that training tells the models apart, not that other rows would."),
                "The effect size d_z is the mean difference over the standard deviation of the seeds' differences. A dash: undefined, or no difference varies.",
            ]);
    }

    private static IEnumerable<AuditResult> BySeed(StudyResults results, string model, Split split) =>
        results.Audits.Where(a => a.Model == model && a.Split == split && a.Seed is not null && a.Head == StudyResults.MainHead(model));

    /// <summary>Seeds in which either value is undefined are left out.</summary>
    private static PairedTest? Test((SplitAudit First, SplitAudit Second)[] pairs, Func<SplitAudit, Estimate> read)
    {
        (double? First, double? Second)[] values = pairs.Select(p => (read(p.First).Value, read(p.Second).Value)).Where(v => v.Item1 is not null && v.Item2 is not null).ToArray();
        return PairedTest.OverSeeds(values.Select(v => v.First!.Value).ToArray(), values.Select(v => v.Second!.Value).ToArray());
    }

    private static ReportCell Probability(double p) => p < 0.001 ? ReportCell.Words("<0.001") : ReportCell.Number(p, Digits.Rate);
}
