using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>
/// The improvement table in the paper's manner: baseline and fair model side by side, the improvement in % and its band,
/// performance first, then every attribute's spreads; fixed effects (FE) compared with FE and mixed effects (ME) with ME. Where
/// only the fair model has random effects, its ME are compared with the baseline's FE as well.
/// </summary>
public static class ComparisonTable
{
    /// <summary>The paper's spreads that exist for a task.</summary>
    public static IReadOnlyList<string> PaperMetrics(bool classification) => MetricDescriptions.Paper(classification).Spreads;

    /// <summary>The table of two models on a split, over all seeds.</summary>
    /// <param name="results">The study.</param>
    /// <param name="baseline">The baseline's id.</param>
    /// <param name="fair">The compared model's id.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="metrics">Ids of spreads and differences; null = <see cref="PaperMetrics"/>.</param>
    /// <param name="thresholds">Limits of the effect bands; null = the default.</param>
    public static ReportTable Of(
        StudyResults results,
        string baseline,
        string fair,
        Split split,
        IReadOnlyList<string>? metrics = null,
        EffectThresholds? thresholds = null)
    {
        thresholds ??= EffectThresholds.Default;
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        MetricDescription[] spreads = (metrics ?? PaperMetrics(classification)).Select(MetricDescriptions.Get).ToArray();
        string id = $"comparison-{fair}-{baseline}-{ResultNames.Id(split)}";
        string title = $"{ResultNames.Model(fair)} compared with {ResultNames.Model(baseline)}, {ClusterWords.Of(results).Of(split)}";
        Pair[] pairs = Pairs(results, baseline, fair, split);
        if (pairs.Length == 0)
        {
            string missing = results.Find(baseline, Head.FixedEffects, split) is null ? baseline : fair;
            return new ReportTable(id, title, [], [], [TableNotes.Missing(results, missing, split)]);
        }

        var columns = new List<ReportColumn> { new("Attribute"), new("Metric") };
        foreach (Pair pair in pairs)
        {
            columns.Add(ReportColumn.Number(ColumnName(baseline, pair.BaselineHead, pairs)));
            columns.Add(ReportColumn.Number(ColumnName(fair, pair.FairHead, pairs)));
            columns.Add(ReportColumn.Number("Improvement (%)",
                "Change in % of the baseline. Positive is better: a smaller spread, a larger AUROC or accuracy."));
            columns.Add(new ReportColumn("Effect"));
        }

        // Noise floors depend on a model's pooled rates: these are the baseline's, as in the figures.
        columns.Add(ReportColumn.Number($"Noise floor of {ColumnName(baseline, pairs[^1].BaselineHead, pairs)}", TableNotes.Floor));

        var rows = new List<IReadOnlyList<ReportCell>>();
        var notes = new List<NumericText>();
        MetricDescription[] overall = MetricDescriptions.Paper(classification).Overall.Select(MetricDescriptions.Get).ToArray();
        foreach (MetricDescription metric in overall)
            rows.Add(Row("All rows", metric, pairs.Select(p => p.Comparison.Evidence(null, metric.Id)), classification, thresholds));
        for (int a = 0; a < pairs[0].Baseline.Attributes.Count; a++)
        {
            foreach (MetricDescription metric in spreads)
            {
                string attribute = pairs[0].Baseline.Attributes[a].Attribute;
                ChangeEvidence[] values = [.. pairs.Select(p => p.Comparison.Evidence(attribute, metric.Id))];
                rows.Add(Row(attribute, metric, values, classification, thresholds));
                foreach (string note in values.SelectMany(v => new[] { v.Baseline.Note, v.Compared.Note }).OfType<string>().Distinct())
                    notes.Add(NumericText.Of($"{attribute}, {metric.Name}: {note}."));
            }
        }

        return new ReportTable(id, title, columns, rows, [
            TableNotes.Repetitions(results, split),
            TableNotes.Bands(thresholds),
            .. TableNotes.Metrics(overall.Concat(spreads)),
            .. TableNotes.Counted(results, split, [.. pairs[0].Baseline.Attributes.Select(a => a.Attribute)]),
            .. TableNotes.Of(TableNotes.SpreadsByGroups, TableNotes.Floor),
            .. notes.Distinct(),
        ]);
    }

    private static List<ReportCell> Row(
        string attribute,
        MetricDescription metric,
        IEnumerable<ChangeEvidence> values,
        bool classification,
        EffectThresholds thresholds)
    {
        Digits digits = Digits.Of(metric, classification);
        var cells = new List<ReportCell> { ReportCell.Words(attribute), ReportCell.Name(metric) };
        double? floor = null;
        foreach (ChangeEvidence change in values)
        {
            EffectBand band = EffectBand.Of(change, thresholds);
            cells.AddRange([ReportCell.Of(change.Baseline, digits), ReportCell.Of(change.Compared, digits), ReportCell.Improvement(band),
                ReportCell.Band(band)]);
            floor = change.BaselineFloor?.Percentile95;
        }

        cells.Add(floor is not null ? ReportCell.Number(floor, digits) : ReportCell.Empty);
        return cells;
    }

    private static string ColumnName(string model, Head head, Pair[] pairs) =>
        pairs.Length == 1 && head == Head.FixedEffects ? ResultNames.Model(model) : $"{ResultNames.Short(head)} {ResultNames.Model(model)}";

    private static Pair[] Pairs(StudyResults results, string baseline, string fair, Split split)
    {
        bool Has(string model, Head head) => results.Find(model, head, split) is not null;
        Pair Of(Head first, Head second) => new(new RunComparison(new Run(ResultNames.Model(baseline, first), results, baseline, first),
            new Run(ResultNames.Model(fair, second), results, fair, second), split));
        var pairs = new List<Pair>();
        if (Has(baseline, Head.FixedEffects) && Has(fair, Head.FixedEffects)) pairs.Add(Of(Head.FixedEffects, Head.FixedEffects));
        if (Has(baseline, Head.MixedEffects) && Has(fair, Head.MixedEffects)) pairs.Add(Of(Head.MixedEffects, Head.MixedEffects));
        if (Has(baseline, Head.FixedEffects) && !Has(baseline, Head.MixedEffects) && Has(fair, Head.MixedEffects))
            pairs.Add(Of(Head.FixedEffects, Head.MixedEffects));
        return pairs.ToArray();
    }

    private sealed record Pair(RunComparison Comparison)
    {
        public SplitAudit Baseline => Comparison.Baseline.On(Comparison.Split)!;

        public Head BaselineHead => Comparison.Baseline.Head;

        public Head FairHead => Comparison.Compared.Head;
    }
}
