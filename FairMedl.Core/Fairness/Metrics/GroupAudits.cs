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
    /// <param name="group">Its name.</param>
    /// <param name="squaredErrors">By row.</param>
    /// <param name="predictions">By row.</param>
    /// <param name="largestError">A squared error that no row is expected to exceed.</param>
    /// <param name="range">The smallest and the largest prediction of all groups.</param>
    public static GroupAudit Regression(string group, ReadOnlySpan<double> squaredErrors, ReadOnlySpan<double> predictions,
        double largestError, (double Least, double Most) range)
    {
        Estimate error = squaredErrors.IsEmpty ? Estimate.None("0 rows", 0)
            : StudentInterval.MeanWithin(squaredErrors, 0, largestError);
        Estimate prediction = predictions.IsEmpty ? Estimate.None("0 rows", 0)
            : StudentInterval.MeanWithin(predictions, range.Least, range.Most, areLimits: false);
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
            error);
    }
}
