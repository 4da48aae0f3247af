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
/// For each model the worst group by each rate (the lowest TPR, the highest FPR, the lowest accuracy; for regression the highest
/// mean squared error) among the groups that are large enough to judge. Groups with fewer than
/// <see cref="AttributeAudit.MinimumCount"/> rows in the rate's denominator are named below the table with their counts.
/// </summary>
public static class WorstGroupTable
{
    /// <summary>The table of some models' heads on a split, over all seeds.</summary>
    public static ReportTable Of(StudyResults results, string attribute, Split split, IReadOnlyList<(string Model, Head Head)> models)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        (string Metric, bool Highest, string Words)[] kinds =
        [
            .. from metric in MetricDescriptions.Of(MetricScope.Group, classification)
               where metric.IsHighestWorst is not null
               let highest = metric.IsHighestWorst == true
               select (metric.Id, highest, $"{(highest ? "Highest" : "Lowest")} {metric.NameInText}"),
        ];
        var columns = new List<ReportColumn> { new("Worst by"), new("Model"), new("Group"), ReportColumn.Number("Value [95% CI]"),
            ReportColumn.Number("n") };
        if (classification) columns.AddRange([ReportColumn.Number("Positives"), ReportColumn.Number("Negatives")]);
        var rows = new List<IReadOnlyList<ReportCell>>();
        var left = new List<NumericText>();
        foreach ((string metric, bool highest, string words) in kinds)
        {
            Digits digits = Digits.Of(metric, classification);
            foreach ((string model, Head head) in models)
            {
                if (results.Find(model, head, split)?.Audit.Attributes.FirstOrDefault(a => a.Attribute == attribute) is not { } audit)
                    continue;
                left.AddRange(LeftOut(audit, metric, words));
                GroupAudit[] judged = [.. audit.Groups.Where(g => !SmallGroups.IsSmall(g, metric, audit.MinimumCount)
                    && MetricDescriptions.Read(g, metric).Value is not null)];
                // A single group is worse than none.
                if (judged.Length < 2)
                {
                    rows.Add([ReportCell.Words(words), ReportCell.Words(ResultNames.Model(model, head)),
                        ReportCell.None("fewer than two groups are large enough"),
                        .. Enumerable.Repeat(ReportCell.Empty, columns.Count - 3)]);
                    continue;
                }

                GroupAudit worst = highest
                    ? judged.MaxBy(g => MetricDescriptions.Read(g, metric).Value)!
                    : judged.MinBy(g => MetricDescriptions.Read(g, metric).Value)!;
                var row = new List<ReportCell>
                {
                    ReportCell.Words(words),
                    ReportCell.Words(ResultNames.Model(model, head)),
                    ReportCell.Words(worst.Group),
                    ReportCell.WithInterval(MetricDescriptions.Read(worst, metric), digits),
                    ReportCell.Count(worst.N),
                };
                if (classification) row.AddRange([ReportCell.Count(worst.Positives), ReportCell.Count(worst.Negatives)]);
                rows.Add(row);
            }
        }

        return new ReportTable(
            $"worst-{attribute}-{ResultNames.Id(split)}",
            $"Worst group of {attribute}, {ClusterWords.Of(results).Of(split)}",
            columns,
            rows,
            [TableNotes.Repetitions(results, split), .. left.Distinct()]);
    }

    private static IEnumerable<NumericText> LeftOut(AttributeAudit audit, string metric, string words)
    {
        SmallGroups small = SmallGroups.Of(audit, metric);
        if (small.Groups.Count == 0) yield break;
        string counted = small.Counted[..^1];
        NumericText named = NumericText.List([.. small.Groups.Select(g => (g, n: SmallGroups.Count(g, metric)))
            .Select(g => NumericText.Of($"{g.g.Group} ({g.n} {(g.n == 1 ? counted : small.Counted)})"))]);
        yield return $"{words}: too small to judge, with fewer than {small.Minimum} {small.Counted}: {named}.";
    }
}
