using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;

namespace FairMedl.Engine.Training;

/// <summary>
/// Weights of the rows in the debiasing adversaries by group, so that a small group counts: min(cap, (n / (K n_g))^beta)
/// over the training rows, K groups of the attribute; 1 where beta is 0 (docs/method.md). A group of fewer than
/// 30 rows weighs at most 1, because a few rows would decide what the adversary learns.
/// </summary>
internal static class GroupWeights
{
    /// <summary>By attribute, then by group; a group without a training row weighs 1.</summary>
    public static float[][] Of(StudyData data, ReadOnlySpan<int> trainingRows, ModelSettings settings)
    {
        float[][] weights = new float[data.Sensitive.Count][];
        for (int a = 0; a < weights.Length; a++)
        {
            SensitiveAttribute attribute = data.Sensitive[a];
            int[] counts = new int[attribute.GroupNames.Count];
            foreach (int row in trainingRows) counts[attribute.Groups[row]]++;
            double beta = settings.GroupWeightExponents.TryGetValue(attribute.Name, out double own) ? own : settings.GroupWeightExponent;
            double rowsAGroup = trainingRows.Length / (double)counts.Length;
            weights[a] = [.. counts.Select(n => n == 0 || beta == 0
                ? 1f : (float)Math.Min(n < GroupTable.MinimumCount ? 1 : settings.GroupWeightCap, Math.Pow(rowsAGroup / n, beta)))];
        }

        return weights;
    }
}
