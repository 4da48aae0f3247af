using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Table of an attribute's spreads and differences for every model and head on a split, with intervals and noise floors.</summary>
public static class SpreadTable
{
    /// <summary>The id of the table of an attribute on a split.</summary>
    public static string IdOf(string attribute, Split split) => $"spreads-{attribute}-{ResultNames.Id(split)}";

    /// <summary>The table over all seeds.</summary>
    /// <param name="results">The study.</param>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    public static ReportTable Of(StudyResults results, string attribute, Split split)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        ClusterWords words = ClusterWords.Of(results);
        MetricDescription[] metrics = MetricDescriptions.Of(MetricScope.Attribute, classification).ToArray();
        (AuditResult Audit, AttributeAudit Attribute)[] audits =
        [
            .. from audit in results.Audits
               where audit.Split == split && audit.Seed is null
               let found = audit.Audit.Attributes.FirstOrDefault(a => a.Attribute == attribute)
               where found is not null
               select (audit, found),
        ];
        // The other version of the spreads has a column where it counts other groups.
        AttributeAudit? first = audits.Select(a => a.Attribute).FirstOrDefault(a => a.LargeGroups is not null
            && !LargeGroups.Of(a, classification).AreAll);
        CountedGroups other = first?.Leading == CountedGroups.Large ? CountedGroups.All : CountedGroups.Large;
        string Value(CountedGroups counted) => first is null ? "Value" : CountedGroupsText.Version(counted, first.MinimumCount);
        ReportColumn[] columns = [new("Metric"), new("Model"), ReportColumn.Number($"{Value(first?.Leading ?? CountedGroups.All)} [95% CI]"),
            ReportColumn.Number("Corrected for chance", TableNotes.Corrected), .. SeedSpread.Columns(results),
            new($"95% CI by {words.One}", Description: TableNotes.ByClusters), ReportColumn.Number("Noise floor", TableNotes.Floor),
            .. first is null ? [] : new[] { ReportColumn.Number($"{Value(other)} [95% CI]", "The same metric over other groups.") },
            new("Note")];
        var rows = new List<IReadOnlyList<ReportCell>>();
        foreach (MetricDescription metric in metrics)
        {
            Digits digits = Digits.Of(metric, classification);
            foreach ((AuditResult audit, AttributeAudit found) in audits)
            {
                Estimate value = MetricDescriptions.Read(found, metric.Id);
                SpreadFloor? floor = MetricDescriptions.Floor(found, metric.Id);
                Estimate? corrected = MetricDescriptions.Corrected(found, metric.Id);
                rows.Add([
                    ReportCell.Name(metric),
                    ReportCell.Words(ResultNames.Model(audit.Model, audit.Head)),
                    ReportCell.WithInterval(value, digits),
                    corrected is null ? ReportCell.Empty : ReportCell.Number(corrected.Value, digits),
                    .. SeedSpread.Cells(results, audit, SeedSpread.Attribute(attribute, metric.Id), digits),
                    ReportCell.IntervalByClusters(value, digits),
                    floor is null ? ReportCell.Empty : ReportCell.Number(floor.Percentile95, digits),
                    .. first is null ? [] : new[]
                    {
                        metric.OfSpreads is null
                            ? ReportCell.Empty : ReportCell.WithInterval(MetricDescriptions.Read(found, metric.Id, other), digits),
                    },
                    ReportCell.Words(value.Note ?? ""),
                ]);
            }
        }

        return new ReportTable(IdOf(attribute, split), $"Differences between groups of {attribute}, {words.Of(split)}", columns, rows,
            [TableNotes.Repetitions(results, split), .. TableNotes.Counted(results, split, [attribute]), .. TableNotes.FewClusters(results, split), .. TableNotes.Metrics(metrics),
                .. TableNotes.Of(TableNotes.SpreadsByGroups, TableNotes.Corrected, TableNotes.Floor, TableNotes.Intervals, TableNotes.ByClusters)]);
    }
}
