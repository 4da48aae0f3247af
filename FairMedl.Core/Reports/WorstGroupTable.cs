using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>
/// For each model the group that fares worst by each rate, with the counts behind it: the lowest TPR, the highest FPR, the
/// lowest accuracy; for regression the highest mean squared error. Groups whose rate is undefined cannot be the worst, and
/// are named.
/// </summary>
public static class WorstGroupTable
{
    /// <summary>The table of some models' heads on a split, over all seeds.</summary>
    public static ReportTable Of(StudyResults results, string attribute, Split split, IReadOnlyList<(string Model, Head Head)> models)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        (string Metric, bool Highest, string Words)[] kinds = classification
            ? [("tpr", false, "Lowest TPR"), ("fpr", true, "Highest FPR"), ("group_accuracy", false, "Lowest accuracy")]
            : [("group_mse", true, "Highest MSE")];
        var columns = new List<ReportColumn> { new("Worst by"), new("Model"), new("Group"), ReportColumn.Number("Value"), new("95 % CI"), ReportColumn.Number("n") };
        if (classification) columns.AddRange([ReportColumn.Number("Positives"), ReportColumn.Number("Negatives")]);
        var rows = new List<IReadOnlyList<ReportCell>>();
        var left = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((string metric, bool highest, string words) in kinds)
        {
            Digits digits = Digits.Of(metric, classification);
            foreach ((string model, Head head) in models)
            {
                if (results.Find(model, head, split)?.Audit.Attributes.FirstOrDefault(a => a.Attribute == attribute) is not { } audit) continue;
                foreach (GroupAudit undefined in audit.Groups.Where(g => MetricDescriptions.Read(g, metric).Value is null))
                    left.Add($"{words}: {undefined.Group} is left out ({MetricDescriptions.Read(undefined, metric).Undefined}).");
                GroupAudit[] defined = [.. audit.Groups.Where(g => MetricDescriptions.Read(g, metric).Value is not null)];
                if (defined.Length == 0) continue;
                GroupAudit worst = highest
                    ? defined.MaxBy(g => MetricDescriptions.Read(g, metric).Value)!
                    : defined.MinBy(g => MetricDescriptions.Read(g, metric).Value)!;
                Estimate value = MetricDescriptions.Read(worst, metric);
                var row = new List<ReportCell>
                {
                    ReportCell.Words(words),
                    ReportCell.Words(ResultNames.Model(model, head)),
                    ReportCell.Words(worst.Group),
                    ReportCell.Of(value, digits),
                    ReportCell.Interval(value, digits),
                    ReportCell.Count(worst.N),
                };
                if (classification) row.AddRange([ReportCell.Count(worst.Positives), ReportCell.Count(worst.Negatives)]);
                rows.Add(row);
            }
        }

        return new ReportTable($"worst-{attribute}-{ResultNames.Id(split)}", $"Worst group of {attribute}, {ResultNames.Long(split)}", columns, rows, [TableNotes.Repetitions(results, split), .. left]);
    }
}
