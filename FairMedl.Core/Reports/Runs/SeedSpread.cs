using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Runs;

/// <summary>Standard deviation over seeds, shown beside the mean over seeds.</summary>
internal static class SeedSpread
{
    /// <summary>The heading of its column.</summary>
    public const string Name = "SD over seeds";

    /// <summary>Whether a study has several seeds.</summary>
    public static bool Exists(StudyResults results) =>
        results.Audits.Where(a => a.Seed is not null).Select(a => a.Seed).Distinct().Count() > 1;

    /// <summary>A column for it, where there are several seeds.</summary>
    public static IEnumerable<ReportColumn> Columns(StudyResults results) =>
        Exists(results) ? [ReportColumn.Number(Name,
            "Sample standard deviation of the values of the single seeds; the value beside it is their mean.")] : [];

    /// <summary>A cell of that column.</summary>
    public static IEnumerable<ReportCell> Cells(StudyResults results, AuditResult audit, Func<SplitAudit, Estimate?> read, Digits digits) =>
        Exists(results) ? [ReportCell.Number(Of(results, audit, read), digits)] : [];

    /// <summary>The sample standard deviation over the seeds where the number is defined; null with fewer than two.</summary>
    /// <param name="results">The study.</param>
    /// <param name="audit">The mean over seeds.</param>
    /// <param name="read">Reads the number from a seed's audit; null where the audit does not have it.</param>
    public static double? Of(StudyResults results, AuditResult audit, Func<SplitAudit, Estimate?> read)
    {
        double[] values =
        [
            .. results.Audits
                .Where(a => a.Seed is not null && a.Model == audit.Model && a.Head == audit.Head && a.Split == audit.Split)
                .Select(a => read(a.Audit)?.Value)
                .OfType<double>(),
        ];
        if (values.Length < 2) return null;
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    /// <summary>Reads a metric of an attribute.</summary>
    public static Func<SplitAudit, Estimate?> Attribute(string attribute, string metric) => audit =>
        audit.Attributes.FirstOrDefault(a => a.Attribute == attribute) is { } found ? MetricDescriptions.Read(found, metric) : null;

    /// <summary>Reads a metric of a group.</summary>
    public static Func<SplitAudit, Estimate?> Group(string attribute, string group, string metric) => audit =>
        audit.Attributes.FirstOrDefault(a => a.Attribute == attribute)?.Groups.FirstOrDefault(g => g.Group == group) is { } found
            ? MetricDescriptions.Read(found, metric) : null;
}
