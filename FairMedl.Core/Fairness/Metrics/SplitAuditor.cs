using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Intervals;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>
/// Audits one model's head on one split: performance over all rows, the base metrics of every group, and the disparities
/// between groups. Predictions may come from any model. An undefined value is an <see cref="Estimate"/> with its reason. A group
/// whose rate is undefined is left out of the spread, whose note then gives the number of groups used.
/// </summary>
public static class SplitAuditor
{
    private const string RegressionOnly = "regression only";
    private const string ClassificationOnly = "classification only";

    /// <summary>Audits a classification.</summary>
    /// <param name="labels">n labels, 0 or 1.</param>
    /// <param name="probabilities">n probabilities of label 1.</param>
    /// <param name="decisions">n decisions; already thresholded, because each fold has its own threshold.</param>
    /// <param name="attributes">The sensitive attributes over the same rows.</param>
    /// <param name="flips">By attribute, by row: mean over the K-1 alternatives of |p(x, s) - p(x, s')|; an empty array for an
    /// attribute that is not a feature (its flip changes nothing); null where nothing was flipped.</param>
    /// <param name="resampling">Gives spreads their intervals and noise floors; null leaves them out.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is neither 0 nor 1, or a probability is not a number.</exception>
    public static SplitAudit Classification(
        float[] labels,
        float[] probabilities,
        bool[] decisions,
        IReadOnlyList<AttributeRows> attributes,
        float[][]? flips = null,
        AuditResampling? resampling = null)
    {
        Check(labels.Length, probabilities.Length, attributes, flips);
        ConfusionCounts all = ConfusionCounts.Of(labels, decisions);
        var audits = new AttributeAudit[attributes.Count];
        for (int a = 0; a < audits.Length; a++)
        {
            ConfusionCounts[] counts = ConfusionCounts.ByGroup(labels, decisions, attributes[a].Groups, attributes[a].GroupNames.Count);
            audits[a] = AttributeAudits.Classification(attributes[a].Name, attributes[a].GroupNames, counts,
                Counterfactual(flips, a, attributes[a], 1), resampling, attributes[a].Minimum, attributes[a].Large);
        }

        var audit = new SplitAudit(
            all.N,
            Auroc.Of(probabilities, labels),
            BalancedAccuracyInterval.Of(all),
            WilsonInterval.Rate(all.TruePositives + all.TrueNegatives, all.N, "rows"),
            Estimate.None(RegressionOnly),
            audits,
            Estimate.None(RegressionOnly));
        return resampling is null ? audit : ClusterIntervals.Classification(audit, labels, decisions, attributes, flips, resampling);
    }

    /// <summary>Audits a regression; errors and predictions are in the target's units.</summary>
    /// <param name="targets">n targets.</param>
    /// <param name="predictions">n predictions.</param>
    /// <param name="attributes">The sensitive attributes over the same rows.</param>
    /// <param name="flips">By attribute, by row: mean over the K-1 alternatives of |y(x, s) - y(x, s')|, as for a classification.</param>
    /// <param name="resampling">Gives spreads their intervals and noise floors; null leaves them out.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a target or prediction is not a number.</exception>
    public static SplitAudit Regression(
        float[] targets,
        float[] predictions,
        IReadOnlyList<AttributeRows> attributes,
        float[][]? flips = null,
        AuditResampling? resampling = null)
    {
        Check(targets.Length, predictions.Length, attributes, flips);
        var errors = new double[targets.Length];
        for (int i = 0; i < errors.Length; i++)
        {
            double difference = (double)targets[i] - predictions[i];
            if (!double.IsFinite(difference))
                throw new ArgumentException($"Row {i}: target {targets[i]}, prediction {predictions[i]}.", nameof(predictions));
            errors[i] = difference * difference;
        }

        double largest = errors.Length == 0 ? 0 : Math.Max(errors.Max(), Math.Pow((double)targets.Max() - targets.Min(), 2));
        Estimate mse = errors.Length == 0 ? Estimate.None("0 rows", 0) : StudentInterval.MeanWithin(errors, 0, largest);
        // No flip changes a prediction by more than predictions differ.
        double changes = predictions.Length == 0 ? 0 : (double)predictions.Max() - predictions.Min();
        var audits = new AttributeAudit[attributes.Count];
        for (int a = 0; a < audits.Length; a++)
            audits[a] = AttributeAudits.Regression(attributes[a], errors, predictions, Counterfactual(flips, a, attributes[a], changes),
                largest, resampling);
        var audit = new SplitAudit(
            targets.Length,
            Estimate.None(ClassificationOnly),
            Estimate.None(ClassificationOnly),
            Estimate.None(ClassificationOnly),
            mse,
            audits,
            RSquared(targets, mse));
        return resampling is null ? audit : ClusterIntervals.Regression(audit, errors, predictions, attributes, flips, resampling);
    }

    /// <summary>
    /// R² = 1 - MSE / var(y) over the audited rows: 1 is perfect, 0 no better than their mean, below 0 worse. Its interval
    /// is that of the MSE with the variance held fixed.
    /// </summary>
    private static Estimate RSquared(float[] targets, Estimate mse)
    {
        if (mse.Value is not { } value) return Estimate.None(mse.Undefined!, mse.N);
        double mean = 0, variance = 0;
        foreach (float y in targets) mean += (double)y / targets.Length;
        foreach (float y in targets) variance += (y - mean) * (y - mean) / targets.Length;
        if (!(variance > 0)) return Estimate.None("the target is the same in every row", mse.N);
        return new Estimate(1 - value / variance, Lower: 1 - mse.Upper / variance, Upper: 1 - mse.Lower / variance, N: mse.N);
    }

    /// <summary>
    /// Counterfactual fairness (equations 6 and 7), from the mean change of each row; its interval is Student's, the limit of a
    /// bootstrap by rows. 0 means that flipping the attribute changes no prediction. An attribute flip with all else
    /// fixed, not a causal claim.
    /// </summary>
    private static Estimate Counterfactual(float[][]? flips, int attribute, AttributeRows rows, double largest)
    {
        if (flips is null) return Estimate.None("not measured");
        int n = rows.Groups.Length;
        if (n == 0) return Estimate.None("0 rows", 0);
        if (rows.GroupNames.Count < 2) return Estimate.None("fewer than two groups", n);
        if (flips[attribute].Length == 0) return new Estimate(0, Lower: 0, Upper: 0, N: n, Note: "not a feature");
        var values = new double[n];
        for (int i = 0; i < n; i++) values[i] = flips[attribute][i];
        return StudentInterval.MeanWithin(values, 0, Math.Max(largest, values.Max()));
    }

    private static void Check(int labels, int predictions, IReadOnlyList<AttributeRows> attributes, float[][]? flips)
    {
        if (labels != predictions) throw new ArgumentException($"{labels} labels and {predictions} predictions.");
        if (flips is not null && flips.Length != attributes.Count)
            throw new ArgumentException($"{attributes.Count} attributes and {flips.Length} of flips.");
        for (int a = 0; a < attributes.Count; a++)
        {
            if (attributes[a].Groups.Length != labels) throw new ArgumentException($"{labels} labels and {attributes[a].Groups.Length} " +
                $"group codes of '{attributes[a].Name}'.");
            if (flips is not null && flips[a].Length != 0 && flips[a].Length != labels)
                throw new ArgumentException($"{labels} labels and {flips[a].Length} flips of '{attributes[a].Name}'.");
        }
    }
}
