using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Counts;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>
/// One number for accuracy and fairness together, higher is better. Classification: balanced accuracy - w * the mean over attributes
/// of (TPR SD + FPR SD) / 2. Regression: R² - w * the mean over attributes of demographic parity in SDs of the target. Only groups of
/// at least <see cref="GroupTable.MinimumCount"/> positives, negatives or rows count; an attribute with fewer than two is left out.
/// </summary>
public static class CompositeScore
{
    /// <summary>The score of a classification; null without positives or without negatives.</summary>
    public static double? Classification(float[] labels, bool[] decisions, IReadOnlyList<AttributeRows> attributes, double weight)
    {
        if (ConfusionCounts.Of(labels, decisions).BalancedAccuracy is not { } accuracy) return null;
        return accuracy - weight * Mean(attributes.Select(a =>
        {
            ConfusionCounts[] groups = ConfusionCounts.ByGroup(labels, decisions, a.Groups, a.GroupNames.Count);
            double? tpr = Spread.PopulationSd([.. groups.Select(g => Large(g.Positives) ? g.TruePositiveRate : null)]);
            double? fpr = Spread.PopulationSd([.. groups.Select(g => Large(g.Negatives) ? g.FalsePositiveRate : null)]);
            return tpr is null ? fpr : fpr is null ? tpr : (tpr + fpr) / 2;
        }));
    }

    /// <summary>The score of a regression; null if the target is the same in every row.</summary>
    public static double? Regression(float[] targets, float[] predictions, IReadOnlyList<AttributeRows> attributes, double weight)
    {
        double mean = 0, variance = 0, error = 0;
        foreach (float y in targets) mean += (double)y / targets.Length;
        for (int i = 0; i < targets.Length; i++)
        {
            variance += (targets[i] - mean) * (targets[i] - mean);
            error += ((double)targets[i] - predictions[i]) * ((double)targets[i] - predictions[i]);
        }

        if (!(variance > 0)) return null;
        double sd = Math.Sqrt(variance / targets.Length);
        return 1 - error / variance - weight * Mean(attributes.Select(a =>
        {
            double[] sums = new double[a.GroupNames.Count];
            int[] sizes = new int[sums.Length];
            for (int i = 0; i < predictions.Length; i++)
            {
                sums[a.Groups[i]] += predictions[i];
                sizes[a.Groups[i]]++;
            }

            return Spread.MeanPairwiseDifference([.. sums.Select((sum, g) => Large(sizes[g]) ? sum / sizes[g] / sd : (double?)null)]);
        }));
    }

    private static bool Large(int count) => count >= GroupTable.MinimumCount;

    private static double Mean(IEnumerable<double?> spreads) => spreads.OfType<double>().DefaultIfEmpty(0).Average();
}
