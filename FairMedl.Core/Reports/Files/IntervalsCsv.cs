using System.Globalization;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Files;

/// <summary>
/// intervals.csv: the cluster bootstrap intervals of the numbers in metrics.csv, with the intervals by rows and the number of
/// clusters. A separate file, because programs read metrics.csv by its columns.
/// </summary>
public static class IntervalsCsv
{
    /// <summary>Writes the file.</summary>
    public static void Write(StudyResults results, TextWriter writer)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        IReadOnlyList<string> overall = MetricDescriptions.Paper(classification).Overall;
        IReadOnlyList<AttributeNumber> spreads = MetricDescriptions.AttributeNumbers(classification);
        var csv = new CsvText(writer);
        csv.Header("model", "head", "split", "attribute", "metric", "seed", "value", "lower", "upper", "cluster_lower",
            "cluster_upper", "clusters");
        foreach (AuditResult audit in results.Audits)
        {
            foreach (string metric in overall) Row(csv, audit, "", metric, MetricDescriptions.Read(audit.Audit, metric));
            foreach (AttributeAudit attribute in audit.Audit.Attributes)
                foreach (AttributeNumber number in spreads) Row(csv, audit, attribute.Attribute, number.Id, number.Read(attribute));
        }
    }

    private static void Row(CsvText csv, AuditResult audit, string attribute, string metric, Estimate value)
    {
        if (value.ByClusters is not { } by) return;
        csv.Raw(audit.Model)
            .Raw(ResultNames.Id(audit.Head))
            .Raw(ResultNames.Id(audit.Split))
            .Text(attribute)
            .Raw(metric)
            .Raw(audit.Seed?.ToString(CultureInfo.InvariantCulture) ?? "all")
            .Number(value.Value)
            .Number(value.Lower)
            .Number(value.Upper)
            .Number(by.Lower)
            .Number(by.Upper)
            .Count(by.Clusters)
            .End();
    }
}
