using System.Globalization;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Files;

/// <summary>
/// metrics.csv: one row per number, for every model, head, split and seed ("all" = mean over seeds). Undefined values are
/// empty. Two runs of the same definition give the same file, byte for byte.
/// </summary>
public static class MetricsCsv
{
    /// <summary>Writes the file.</summary>
    public static void Write(StudyResults results, TextWriter writer)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        string[] overall = Existing(MetricScope.Overall, classification), groups = Existing(MetricScope.Group, classification);
        IReadOnlyList<AttributeNumber> spreads = MetricDescriptions.AttributeNumbers(classification);
        var csv = new CsvText(writer);
        csv.Header("model", "head", "split", "attribute", "group", "metric", "seed", "value", "lower", "upper", "n");
        foreach (AuditResult audit in results.Audits)
        {
            foreach (string metric in overall) Row(csv, audit, "", "", metric, MetricDescriptions.Read(audit.Audit, metric));
            foreach (AttributeAudit attribute in audit.Audit.Attributes)
            {
                foreach (AttributeNumber number in spreads) Row(csv, audit, attribute.Attribute, "", number.Id, number.Read(attribute));
                foreach (GroupAudit group in attribute.Groups)
                {
                    foreach (string metric in groups)
                        Row(csv, audit, attribute.Attribute, group.Group, metric, MetricDescriptions.Read(group, metric));
                }
            }
        }
    }

    private static void Row(CsvText csv, AuditResult audit, string attribute, string group, string metric, Estimate value) => csv
        .Raw(audit.Model)
        .Raw(ResultNames.Id(audit.Head))
        .Raw(ResultNames.Id(audit.Split))
        .Text(attribute)
        .Text(group)
        .Raw(metric)
        .Raw(audit.Seed?.ToString(CultureInfo.InvariantCulture) ?? "all")
        .Number(value.Value)
        .Number(value.Lower)
        .Number(value.Upper)
        .Count(value.N)
        .End();

    private static string[] Existing(MetricScope scope, bool classification) =>
        [.. MetricDescriptions.Of(scope, classification).Where(m => m.IsInMetricsFile).Select(m => m.Id)];
}
