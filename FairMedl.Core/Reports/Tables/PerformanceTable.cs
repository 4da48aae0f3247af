using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Table of every model's performance on a split, by head, with intervals and the change from a baseline.</summary>
public static class PerformanceTable
{
    /// <summary>The table over all seeds.</summary>
    /// <param name="results">The study.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="baseline">The baseline of the change; null omits the change.</param>
    /// <param name="head">The baseline's head, where it has both; null = the main one.</param>
    public static ReportTable Of(StudyResults results, Split split, string? baseline = null, Head? head = null)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        MetricDescription[] metrics = MetricDescriptions.Of(MetricScope.Overall, classification).ToArray();
        MetricDescription main = MetricDescriptions.Performance(classification);
        AuditResult? against = baseline is null
            ? null : results.Find(baseline, StudyResults.HeadOf(baseline, head ?? StudyResults.MainHead(split)), split);
        var columns = new List<ReportColumn> { new("Model"), ReportColumn.Number("n") };
        foreach (MetricDescription metric in metrics)
        {
            columns.Add(ReportColumn.Of(metric) with { Name = $"{metric.Name} [95% CI]" });
            columns.AddRange(SeedSpread.Columns(results));
        }

        if (against is not null) columns.Add(ReportColumn.Number($"{main.Name}: change from {ResultNames.Model(against.Model, against.Head)} (%)", "In % of the baseline. Positive is better."));

        var rows = new List<IReadOnlyList<ReportCell>>();
        foreach (AuditResult audit in results.Audits.Where(a => a.Split == split && a.Seed is null))
        {
            var row = new List<ReportCell> { ReportCell.Words(ResultNames.Model(audit.Model, audit.Head)),
                ReportCell.Count(audit.Audit.N) };
            foreach (MetricDescription metric in metrics)
            {
                Digits digits = Digits.Of(metric, classification);
                Estimate value = MetricDescriptions.Read(audit.Audit, metric.Id);
                row.Add(ReportCell.WithInterval(value, digits));
                row.AddRange(SeedSpread.Cells(results, audit, a => MetricDescriptions.Read(a, metric.Id), digits));
            }

            if (against is not null)
            {
                EffectBand band = EffectBand.Of(new ChangeEvidence(MetricDescriptions.Read(against.Audit, main.Id),
                    MetricDescriptions.Read(audit.Audit, main.Id), main.Better));
                row.Add(audit == against
                    ? ReportCell.Words("baseline")
                    : ReportCell.Improvement(band) with { Effect = EffectSize.Undefined, Details = [.. TableNotes.Of(band.Undefined is { } why ? [why] : [])] });
            }

            rows.Add(row);
        }

        return new ReportTable($"performance-{ResultNames.Id(split)}", $"Performance, {ClusterWords.Of(results).Of(split)}", columns, rows,
            [TableNotes.Repetitions(results, split), .. TableNotes.Metrics(metrics), .. TableNotes.Of(TableNotes.Intervals)]);
    }
}
