using FairMedl.Core.Data;
using FairMedl.Core.Training;

namespace FairMedl.Core.Interpretation;

/// <summary>
/// Averages the random effects of a model's fits: the mean of the posterior means, and the mean of the posterior SDs (what
/// one fit is unsure of; it does not hold how the fits differ). Slopes are matched by the features' names; a slope is
/// averaged over the fits that have its feature, because the others never met that level.
/// </summary>
public static class RandomEffectsAverage
{
    /// <summary>The average over fits of one model; null where no fit has random effects.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="fits">Its fits.</param>
    /// <param name="clusterNames">Names of the seen clusters by code.</param>
    /// <param name="clusterRows">Their rows in the study.</param>
    /// <exception cref="ArgumentException">A fit's effects do not match the clusters or its layout.</exception>
    public static RandomEffectsResult? Over(string model, IReadOnlyList<FitResult> fits, IReadOnlyList<string> clusterNames, IReadOnlyList<int> clusterRows)
    {
        (EncodedLayout Layout, RandomEffectsPosterior Effects)[] used = fits
            .Where(f => f.RandomEffects is not null)
            .Select(f => (f.Layout, f.RandomEffects!))
            .ToArray();
        if (used.Length == 0) return null;
        string[] features = used.SelectMany(u => u.Layout.Features).Select(f => f.Name).Distinct(StringComparer.Ordinal).ToArray();
        Dictionary<string, int> place = features.Select((name, j) => (name, j)).ToDictionary(f => f.name, f => f.j, StringComparer.Ordinal);
        int clusters = clusterRows.Count;
        foreach ((EncodedLayout layout, RandomEffectsPosterior effects) in used)
        {
            if (effects.InterceptMean.Length != clusters || effects.SlopeMean.Any(s => s.Length != layout.Width))
                throw new ArgumentException($"Random effects of {effects.InterceptMean.Length} clusters do not match {clusters} clusters and {layout.Width} columns.", nameof(fits));
        }

        var result = new ClusterEffects[clusters];
        for (int c = 0; c < clusters; c++)
        {
            double[] mean = new double[features.Length], sd = new double[features.Length];
            var count = new int[features.Length];
            foreach ((EncodedLayout layout, RandomEffectsPosterior effects) in used)
            {
                for (int j = 0; j < layout.Width; j++)
                {
                    int k = place[layout.Features[j].Name];
                    mean[k] += effects.SlopeMean[c][j];
                    sd[k] += effects.SlopeSd[c][j];
                    count[k]++;
                }
            }

            for (int k = 0; k < features.Length; k++)
            {
                mean[k] /= count[k];
                sd[k] /= count[k];
            }

            int cluster = c;
            result[c] = new ClusterEffects(
                clusterNames[c],
                clusterRows[c],
                used.Average(u => (double)u.Effects.InterceptMean[cluster]),
                used.Average(u => (double)u.Effects.InterceptSd[cluster]),
                mean,
                sd);
        }

        return new RandomEffectsResult(model, features, result);
    }
}
