using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Interpretation;

/// <summary>
/// Averages the random effects of a model's fits: the mean of the posterior means, and the mean of the posterior SDs (what
/// one fit is unsure of; it does not hold how the fits differ). The SD of a total effect, of which intervals are made, also has the
/// variance between fits: it is that of the mixture of their posteriors. Slopes are matched by the features' names; a slope is
/// averaged over the fits that have its feature, because the others never met that level. It keeps sums and no fit, so that a
/// study with many clusters needs memory for one average a seed.
/// </summary>
public sealed class RandomEffectsAverage
{
    private readonly Sum intercept, total;
    private bool isCentered = true;
    private readonly List<(string Feature, Sum Slope)> slopes = [];
    private readonly Dictionary<string, int> place = new(StringComparer.Ordinal);

    private RandomEffectsAverage(int clusters) => (intercept, total) = (new Sum(clusters), new Sum(clusters));

    /// <summary>Over fits of one model; null where none has random effects.</summary>
    /// <param name="fits">The fits.</param>
    /// <param name="clusters">How many clusters are seen.</param>
    /// <exception cref="ArgumentException">A fit's effects do not match the clusters or its layout.</exception>
    public static RandomEffectsAverage? Over(IEnumerable<FitResult> fits, int clusters)
    {
        RandomEffectsAverage? average = null;
        foreach (FitResult fit in fits)
        {
            if (fit.RandomEffects is { } effects) (average ??= new RandomEffectsAverage(clusters)).Add(fit.Layout, effects);
        }

        return average;
    }

    /// <summary>Over all fits of these averages, which stay as they are; null for none.</summary>
    public static RandomEffectsAverage? Over(IReadOnlyList<RandomEffectsAverage> averages)
    {
        if (averages.Count == 0) return null;
        var all = new RandomEffectsAverage(averages[0].intercept.Clusters);
        foreach (RandomEffectsAverage average in averages)
        {
            all.intercept.Add(average.intercept);
            all.total.Add(average.total);
            all.isCentered &= average.isCentered;
            foreach ((string feature, Sum slope) in average.slopes) all.Slope(feature).Add(slope);
        }

        return all;
    }

    /// <summary>Returns the averages over fits.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="clusterNames">Names of the seen clusters by code.</param>
    /// <param name="clusterRows">Their rows in the study.</param>
    public RandomEffectsResult Result(string model, IReadOnlyList<string> clusterNames, IReadOnlyList<int> clusterRows) => new(
        model,
        [.. slopes.Select(s => s.Feature)],
        [.. Enumerable.Range(0, intercept.Clusters).Select(c => new ClusterEffects(
            clusterNames[c],
            clusterRows[c],
            intercept.Mean(c),
            intercept.Sd(c),
            [.. slopes.Select(s => s.Slope.Mean(c))],
            [.. slopes.Select(s => s.Slope.Sd(c))],
            HasTotals ? total.Mean(c) : null,
            HasTotals ? total.MixtureSd(c) : null))])
    {
        IsCentered = isCentered,
    };

    // A mean over some of the fits would not belong to the intercepts beside it.
    private bool HasTotals => total.Fits == intercept.Fits;

    private void Add(EncodedLayout layout, RandomEffectsPosterior effects)
    {
        int clusters = intercept.Clusters;
        if (effects.InterceptMean.Length != clusters || effects.SlopeMean.Any(s => s.Length != layout.Width))
            throw new ArgumentException($"Random effects of {effects.InterceptMean.Length} clusters do not match {clusters} clusters " +
                $"and {layout.Width} columns.", nameof(effects));
        intercept.Add(c => effects.InterceptMean[c], c => effects.InterceptSd[c]);
        if (effects is { TotalMean: { } totalMean, TotalSd: { } totalSd }) total.Add(c => totalMean[c], c => totalSd[c]);
        isCentered &= effects.IsCentered;
        for (int j = 0; j < layout.Width; j++)
        {
            int column = j;
            Slope(layout.Features[j].Name).Add(c => effects.SlopeMean[c][column], c => effects.SlopeSd[c][column]);
        }
    }

    private Sum Slope(string feature)
    {
        if (!place.TryGetValue(feature, out int at))
        {
            place[feature] = at = slopes.Count;
            slopes.Add((feature, new Sum(intercept.Clusters)));
        }

        return slopes[at].Slope;
    }

    /// <summary>One effect's posterior means and SDs by cluster, and the squares of both, summed over fits.</summary>
    private sealed class Sum(int clusters)
    {
        private readonly double[] mean = new double[clusters], sd = new double[clusters], squares = new double[clusters];
        public int Clusters => mean.Length;

        public int Fits { get; private set; }

        public double Mean(int cluster) => mean[cluster] / Fits;

        public double Sd(int cluster) => sd[cluster] / Fits;

        public double MixtureSd(int cluster) => Math.Sqrt(Math.Max(0, squares[cluster] / Fits - Mean(cluster) * Mean(cluster)));

        public void Add(Func<int, double> meanOf, Func<int, double> sdOf)
        {
            for (int c = 0; c < mean.Length; c++)
            {
                (double m, double s) = (meanOf(c), sdOf(c));
                mean[c] += m;
                sd[c] += s;
                squares[c] += m * m + s * s;
            }

            Fits++;
        }

        public void Add(Sum other)
        {
            for (int c = 0; c < mean.Length; c++)
            {
                mean[c] += other.mean[c];
                sd[c] += other.sd[c];
                squares[c] += other.squares[c];
            }

            Fits += other.Fits;
        }
    }
}
