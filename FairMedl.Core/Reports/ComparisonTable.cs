using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>
/// The improvement table in the paper's manner: baseline and fair model side by side, the improvement in per cent and its
/// band, performance first, then every attribute's spreads; FE against FE and ME against ME. Where only the fair model has
/// random effects, its ME stands against the baseline's FE as well.
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
    /// <param name="thresholds">Where the bands begin; null = the default.</param>
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
        string title = $"{ResultNames.Model(fair)} against {ResultNames.Model(baseline)}, {ResultNames.Long(split)}";
        Pair[] pairs = Pairs(results, baseline, fair, split);
        if (pairs.Length == 0)
        {
            string missing = results.Find(baseline, Head.FixedEffects, split) is null ? baseline : fair;
            return new ReportTable(id, title, [], [], [TableNotes.Missing(missing, split)]);
        }

        var columns = new List<ReportColumn> { new("Attribute"), new("Metric") };
        foreach (Pair pair in pairs)
        {
            columns.Add(ReportColumn.Number(ColumnName(baseline, pair.BaselineHead, pairs)));
            columns.Add(ReportColumn.Number(ColumnName(fair, pair.FairHead, pairs)));
            columns.Add(ReportColumn.Number("Improvement (%)", "Change against the baseline in % of it; positive is better (smaller spreads, larger AUROC and accuracy)."));
            columns.Add(new ReportColumn("Effect"));
        }

        // A floor rests on the model's own pooled rates: it is that of the last column's model.
        columns.Add(ReportColumn.Number($"Noise floor of {ColumnName(fair, pairs[^1].FairHead, pairs)}", TableNotes.Floor));

        var rows = new List<IReadOnlyList<ReportCell>>();
        var notes = new List<string>();
        MetricDescription[] overall = MetricDescriptions.Paper(classification).Overall.Select(MetricDescriptions.Get).ToArray();
        foreach (MetricDescription metric in overall)
            rows.Add(Row("All rows", metric, pairs.Select(p => new Change(MetricDescriptions.Read(p.Baseline, metric.Id), MetricDescriptions.Read(p.Fair, metric.Id))), classification, thresholds));
        for (int a = 0; a < pairs[0].Baseline.Attributes.Count; a++)
        {
            foreach (MetricDescription metric in spreads)
            {
                Change[] values =
                [
                    .. pairs.Select(p => (Before: p.Baseline.Attributes[a], After: p.Fair.Attributes[a])).Select(p => new Change(
                        MetricDescriptions.Read(p.Before, metric.Id), MetricDescriptions.Read(p.After, metric.Id),
                        MetricDescriptions.Floor(p.Before, metric.Id), MetricDescriptions.Floor(p.After, metric.Id))),
                ];
                string attribute = pairs[0].Baseline.Attributes[a].Attribute;
                rows.Add(Row(attribute, metric, values, classification, thresholds));
                foreach (string note in values.SelectMany(v => new[] { v.Baseline.Note, v.Fair.Note }).OfType<string>().Distinct())
                    notes.Add($"{attribute}, {metric.Name}: {note}.");
            }
        }

        return new ReportTable(id, title, columns, rows, [
            TableNotes.Repetitions(results, split),
            TableNotes.Bands(thresholds),
            .. TableNotes.Metrics(overall.Concat(spreads)),
            TableNotes.SpreadsByGroups,
            TableNotes.Floor,
            .. notes.Distinct(),
        ]);
    }

    private static List<ReportCell> Row(
        string attribute,
        MetricDescription metric,
        IEnumerable<Change> values,
        bool classification,
        EffectThresholds thresholds)
    {
        Digits digits = Digits.Of(metric.Id, classification);
        var cells = new List<ReportCell> { ReportCell.Words(attribute), ReportCell.Name(metric) };
        double? floor = null;
        foreach (Change change in values)
        {
            EffectBand band = EffectBand.Of(change.Baseline, change.Fair, metric.Better, thresholds, change.BaselineFloor, change.FairFloor);
            cells.AddRange([ReportCell.Of(change.Baseline, digits), ReportCell.Of(change.Fair, digits), ReportCell.Improvement(band), ReportCell.Band(band)]);
            floor = change.FairFloor?.Percentile95;
        }

        cells.Add(floor is not null ? ReportCell.Number(floor, digits) : ReportCell.Empty);
        return cells;
    }

    private static string ColumnName(string model, Head head, Pair[] pairs) =>
        pairs.Length == 1 && head == Head.FixedEffects ? ResultNames.Model(model) : $"{ResultNames.Short(head)} {ResultNames.Model(model)}";

    private static Pair[] Pairs(StudyResults results, string baseline, string fair, Split split)
    {
        SplitAudit? baselineFe = results.Find(baseline, Head.FixedEffects, split)?.Audit, baselineMe = results.Find(baseline, Head.MixedEffects, split)?.Audit;
        SplitAudit? fairFe = results.Find(fair, Head.FixedEffects, split)?.Audit, fairMe = results.Find(fair, Head.MixedEffects, split)?.Audit;
        var pairs = new List<Pair>();
        if (baselineFe is not null && fairFe is not null) pairs.Add(new(baselineFe, Head.FixedEffects, fairFe, Head.FixedEffects));
        if (baselineMe is not null && fairMe is not null) pairs.Add(new(baselineMe, Head.MixedEffects, fairMe, Head.MixedEffects));
        if (baselineFe is not null && baselineMe is null && fairMe is not null) pairs.Add(new(baselineFe, Head.FixedEffects, fairMe, Head.MixedEffects));
        return pairs.ToArray();
    }

    private sealed record Change(Estimate Baseline, Estimate Fair, SpreadFloor? BaselineFloor = null, SpreadFloor? FairFloor = null);

    private sealed record Pair(SplitAudit Baseline, Head BaselineHead, SplitAudit Fair, Head FairHead);
}
