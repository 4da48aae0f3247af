using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;

namespace FairMedl.Web.Components.Disparity;

/// <summary>An estimate in a tooltip.</summary>
public static class EstimateTip
{
    /// <summary>The metric with its value, then interval, n and note, a line each.</summary>
    public static IReadOnlyList<string> Lines(MetricDescription metric, Estimate estimate, bool isClassification)
    {
        var cell = ReportCell.Of(estimate, Digits.Of(metric, isClassification));
        return [$"{metric.Name} {Display.Cells.Of(cell)}", .. Display.Cells.Details(cell)];
    }
}
