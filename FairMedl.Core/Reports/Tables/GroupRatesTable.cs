using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Table of an attribute's groups: size, positives, negatives, and each model's rates with their intervals.</summary>
public static class GroupRatesTable
{
    /// <summary>The id of the table of an attribute on a split.</summary>
    public static string IdOf(string attribute, Split split) => $"groups-{attribute}-{ResultNames.Id(split)}";

    /// <summary>The table of some models' heads on a split, over all seeds.</summary>
    /// <param name="results">The study.</param>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="models">Models and heads; null = every model with its main head.</param>
    public static ReportTable Of(StudyResults results, string attribute, Split split,
        IReadOnlyList<(string Model, Head Head)>? models = null)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        MetricDescription[] metrics = MetricDescriptions.Of(MetricScope.Group, classification).ToArray();
        AuditResult[] audits = models is null
            ? results.Audits.Where(a => a.Split == split && a.Seed is null && a.Head == StudyResults.MainHead(a.Model, split)).ToArray()
            : models.Select(m => results.Find(m.Model, m.Head, split)).OfType<AuditResult>().ToArray();
        var columns = new List<ReportColumn> { new("Group"), ReportColumn.Number("n") };
        if (classification) columns.AddRange([ReportColumn.Number("Positives"), ReportColumn.Number("Negatives")]);
        columns.Add(new ReportColumn("Model"));
        foreach (MetricDescription metric in metrics)
        {
            columns.Add(ReportColumn.Of(metric) with { Name = $"{metric.Name} [95% CI]" });
            columns.AddRange(SeedSpread.Columns(results));
        }

        (AuditResult Audit, AttributeAudit Attribute)[] found = audits
            .Select(a => (a, a.Audit.Attributes.FirstOrDefault(x => x.Attribute == attribute)))
            .Where(a => a.Item2 is not null)
            .Select(a => (a.a, a.Item2!))
            .ToArray();
        var rows = new List<IReadOnlyList<ReportCell>>();
        for (int g = 0; found.Length > 0 && g < found[0].Attribute.Groups.Count; g++)
        {
            foreach ((AuditResult audit, AttributeAudit groups) in found)
            {
                GroupAudit group = groups.Groups[g];
                var row = new List<ReportCell> { ReportCell.Words(group.Group), ReportCell.Count(group.N) };
                if (classification) row.AddRange([ReportCell.Count(group.Positives), ReportCell.Count(group.Negatives)]);
                row.Add(ReportCell.Words(ResultNames.Model(audit.Model, audit.Head)));
                foreach (MetricDescription metric in metrics)
                {
                    Digits digits = Digits.Of(metric, classification);
                    Estimate value = MetricDescriptions.Read(group, metric.Id);
                    row.Add(ReportCell.WithInterval(value, digits));
                    row.AddRange(SeedSpread.Cells(results, audit, SeedSpread.Group(attribute, group.Group, metric.Id), digits));
                }

                rows.Add(row);
            }
        }

        return new ReportTable(IdOf(attribute, split), $"Groups of {attribute}, {ClusterWords.Of(results).Of(split)}", columns, rows,
            [TableNotes.Repetitions(results, split), .. TableNotes.Metrics(metrics), .. TableNotes.Of(TableNotes.Intervals)]);
    }
}
