using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// The 95% interval of a true spread by inverting a test (Carpenter 1999; DiCiccio and Efron 1996, section 4), because the spread of
/// a sample is biased upward: sampling noise alone sets groups apart. For each scale c of 0 or more, suppose that the true values
/// were the observed ones with their differences from the mean multiplied by c, and add simulated sampling noise. The interval holds
/// the spreads at those c under which the observed spread is neither among the largest 2.5% nor among the smallest 2.5%.
/// <list type="bullet">
/// <item>The lower end is 0 if the observed spread is not above the 97.5th percentile of what chance alone gives.</item>
/// <item>The upper end is at least the mean spread of the noise, since a smaller true spread could not be ruled out.</item>
/// <item>It is extended to contain the observed value, which by its bias may be above the true spread.</item>
/// </list>
/// </summary>
internal static class InvertedInterval
{
    /// <summary>The share of replicates beyond each end.</summary>
    private const double Tail = 0.025;

    /// <summary>The interval of an observed spread; with several parts, of the largest of their spreads.</summary>
    /// <param name="observed">The observed spread.</param>
    /// <param name="largest">The largest possible spread.</param>
    /// <param name="parts">The groups' values, with noise from the same number of replicates; at least one.</param>
    public static (double Lower, double Upper) Of(double observed, double largest, params ReadOnlySpan<SpreadPart> parts)
    {
        int replicates = parts[0].Replicates;
        double[] least = new double[replicates], most = new double[replicates], noise = new double[replicates];
        int beyondByNoise = 0, beyondByChance = 0;
        double reached = observed * (1 - 1e-12);
        for (int r = 0; r < replicates; r++)
        {
            double low = 0, high = double.PositiveInfinity, byNoise = 0, byChance = 0;
            foreach (SpreadPart part in parts)
            {
                (double from, double to, double own) = part.Scales(r, observed);
                low = Math.Max(low, from);
                high = Math.Min(high, to);
                byNoise = Math.Max(byNoise, own);
                byChance = Math.Max(byChance, part.ByChance(r));
            }

            (least[r], most[r], noise[r]) = low > high ? (0, 0, byNoise) : (low, high, byNoise);
            if (byNoise >= reached) beyondByNoise++;
            if (byChance >= reached) beyondByChance++;
        }

        double mean = noise.Average();
        if (observed == 0)
        {
            // No direction in which the groups differ: the noise alone says how far apart they may be.
            Array.Sort(noise);
            return (0, Math.Min(largest, Percentile.Of(noise, 1 - Tail)));
        }

        Array.Sort(least);
        Array.Sort(most);
        double floor = Tail * (replicates + 1);
        double lower = Math.Max(beyondByNoise, beyondByChance) >= floor ? 0 : observed * LowerScale(least, most);
        double upper = Math.Max(mean, observed * Percentile.Of(most, 1 - Tail));
        return (Math.Min(observed, lower), Math.Clamp(Math.Max(observed, upper), 0, Math.Max(observed, largest)));
    }

    /// <summary>The smallest scale at which the observed spread is no longer among the largest 2.5%; both arrays ascending.</summary>
    private static double LowerScale(double[] least, double[] most)
    {
        double wanted = Tail * (most.Length + 1);
        int above = 0;
        for (int below = 0; below < most.Length; below++)
        {
            // At the scale most[below], `below` replicates already exceed the observed spread; so do those that start only later.
            while (above < least.Length && least[above] <= most[below]) above++;
            double now = below + 1 + (least.Length - above);
            if (now < wanted) continue;
            double before = below == 0 ? 0 : most[below - 1];
            return before + (most[below] - before) * Math.Clamp(1 - (now - wanted), 0, 1);
        }

        return 1;
    }
}

/// <summary>The values of the groups that one spread counts, with their simulated noise. Not for use by several threads.</summary>
internal sealed class SpreadPart
{
    private readonly GroupMeasure measure;
    private readonly int[] counted;
    private readonly double[] values, buffer;
    private readonly double spread;
    private readonly GroupDraws noise;
    private readonly GroupDraws? chance;

    /// <summary>A spread over some groups.</summary>
    /// <param name="measure">The spread.</param>
    /// <param name="values">The values of all groups.</param>
    /// <param name="counted">The groups that count, at least two with defined values.</param>
    /// <param name="noise">Deviations of the values by replicate, with mean 0.</param>
    /// <param name="chance">Values by replicate if all groups were equal; null = not simulated.</param>
    public SpreadPart(GroupMeasure measure, ReadOnlySpan<double> values, int[] counted, GroupDraws noise, GroupDraws? chance)
    {
        this.measure = measure;
        this.counted = counted;
        this.noise = noise;
        this.chance = chance;
        this.values = new double[counted.Length];
        buffer = new double[counted.Length];
        GroupDraws.Pick(values, counted, this.values);
        spread = GroupMeasures.Of(measure, this.values);
    }

    /// <summary>Number of replicates.</summary>
    public int Replicates => noise.Replicates;

    /// <summary>The scales at which a replicate's spread does not exceed a limit, and the spread of its noise alone.</summary>
    public (double Least, double Most, double Noise) Scales(int replicate, double limit)
    {
        GroupDraws.Pick(noise[replicate], counted, buffer);
        double own = GroupMeasures.Of(measure, buffer);
        (double least, double most) = GroupMeasures.Scales(measure, values, spread, buffer, own, limit);
        return (least, most, own);
    }

    /// <summary>The spread of a replicate if all groups were equal; 0 where it was not simulated.</summary>
    public double ByChance(int replicate)
    {
        if (chance is null) return 0;
        GroupDraws.Pick(chance[replicate], counted, buffer);
        return GroupMeasures.Of(measure, buffer);
    }
}
