using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;

namespace FairMedl.Web.Components.Disparity;

/// <summary>An estimate in a tooltip.</summary>
public static class EstimateTip
{
    /// <summary>The metric with its value, then interval, n and note, a line each.</summary>
    public static IReadOnlyList<string> Lines(MetricDescription metric, Estimate estimate, bool isClassification)
    {
        ReportCell cell = ReportCell.Of(estimate, Digits.Of(metric.Id, isClassification));
        return [$"{metric.Name} {cell.Content}", .. cell.Detail?.Split("; ") ?? []];
    }
}
