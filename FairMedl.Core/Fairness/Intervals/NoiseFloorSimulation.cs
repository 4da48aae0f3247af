using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>Simulates <see cref="NoiseFloor"/> by repeatedly drawing every group from the pooled rows and measuring the spread.</summary>
public static class NoiseFloorSimulation
{
    /// <summary>
    /// The floor of a spread of rates: hits_g ~ Binomial(n_g, pooled rate) with the observed denominators n_g, groups
    /// without any left out. Null with fewer than two groups.
    /// </summary>
    /// <param name="hits">By group.</param>
    /// <param name="sizes">By group, the denominators.</param>
    /// <param name="spread">The measure, such as <see cref="Spread.PopulationSd"/>.</param>
    /// <param name="random">The random stream.</param>
    /// <param name="replicates">Number of draws.</param>
    public static SpreadFloor? Rates(ReadOnlySpan<int> hits, ReadOnlySpan<int> sizes, SpreadMeasure spread,
        RandomStream random, int replicates)
    {
        long allHits = 0, all = 0;
        int groups = 0;
        for (int g = 0; g < sizes.Length; g++)
        {
            allHits += hits[g];
            all += sizes[g];
            if (sizes[g] > 0) groups++;
        }

        if (groups < 2 || replicates < 1) return null;
        double rate = (double)allHits / all;
        var drawn = new double[replicates];
        var values = new double?[sizes.Length];
        for (int r = 0; r < replicates; r++)
        {
            for (int g = 0; g < sizes.Length; g++)
                if (sizes[g] > 0) values[g] = (double)BinomialDraw.Next(random, sizes[g], rate) / sizes[g];
            drawn[r] = spread(values)!.Value;
        }

        return Summarise(drawn);
    }

    /// <summary>As <see cref="Rates"/>, for group means of a number: n_g draws with replacement from all rows.</summary>
    internal static SpreadFloor? Means(MeanSource pool, ReadOnlySpan<int> sizes, SpreadMeasure spread, RandomStream random, int replicates)
    {
        int groups = 0;
        foreach (int size in sizes)
            if (size > 0) groups++;
        if (groups < 2 || replicates < 1) return null;
        var drawn = new double[replicates];
        var values = new double?[sizes.Length];
        for (int r = 0; r < replicates; r++)
        {
            for (int g = 0; g < sizes.Length; g++)
                if (sizes[g] > 0) values[g] = pool.Draw(random, sizes[g]).First;
            drawn[r] = spread(values)!.Value;
        }

        return Summarise(drawn);
    }

    private static SpreadFloor Summarise(double[] drawn)
    {
        double sum = 0;
        foreach (double d in drawn) sum += d;
        Array.Sort(drawn);
        return new SpreadFloor(sum / drawn.Length, Percentile.Of(drawn, 0.95));
    }
}

/// <summary>A measure of <see cref="Spread"/>.</summary>
public delegate double? SpreadMeasure(ReadOnlySpan<double?> values);
