using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Intervals;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>Computes the base metrics of each group, with their denominators and 95% intervals.</summary>
internal static class GroupAudits
{
    private const string RegressionOnly = "regression only";
    private const string ClassificationOnly = "classification only";

    /// <summary>The metrics of a group in a classification; rates have Wilson intervals.</summary>
    public static GroupAudit Classification(string group, ConfusionCounts counts) => new(
        group,
        counts.N,
        counts.Positives,
        counts.Negatives,
        WilsonInterval.Rate(counts.TruePositives, counts.Positives, "positives"),
        WilsonInterval.Rate(counts.FalsePositives, counts.Negatives, "negatives"),
        WilsonInterval.Rate(counts.Selected, counts.N, "rows"),
        WilsonInterval.Rate(counts.TruePositives + counts.TrueNegatives, counts.N, "rows"),
        Estimate.None(RegressionOnly),
        Estimate.None(RegressionOnly));

    /// <summary>The metrics of a group in a regression; means have Student's t intervals.</summary>
    public static GroupAudit Regression(string group, ReadOnlySpan<double> squaredErrors, ReadOnlySpan<double> predictions)
    {
        Estimate error = squaredErrors.IsEmpty ? Estimate.None("0 rows", 0) : StudentInterval.Mean(squaredErrors);
        Estimate prediction = predictions.IsEmpty ? Estimate.None("0 rows", 0) : StudentInterval.Mean(predictions);
        return new GroupAudit(
            group,
            squaredErrors.Length,
            0,
            0,
            Estimate.None(ClassificationOnly),
            Estimate.None(ClassificationOnly),
            Estimate.None(ClassificationOnly),
            Estimate.None(ClassificationOnly),
            prediction,
            error with { Lower = error.Lower is { } lower ? Math.Max(0, lower) : null });
    }
}
