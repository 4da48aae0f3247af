namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// The 95% interval of a true spread. The spread of a sample is biased upward, because sampling noise alone sets groups apart, and a
/// bootstrap adds that noise once more.
/// <list type="bullet">
/// <item>The upper end is the 97.5th percentile of a bootstrap, whose bias makes it err on the wide side.</item>
/// <item>The lower end inverts a test (Carpenter 1999; DiCiccio and Efron 1996, section 4), because a percentile would be too high.
/// For each scale c from 0 to 1, suppose that the true values were the observed ones with their differences multiplied by c, and add
/// simulated noise. The end is the spread at the smallest c under which the observed spread is not among the largest 2.5%. It is 0 if
/// the observed spread is not above the 97.5th percentile of what chance alone gives.</item>
/// </list>
/// The interval is extended to contain the observed value.
/// </summary>
internal static class InvertedInterval
{
    /// <summary>The interval of an observed spread; with several parts, of the largest of their spreads.</summary>
    /// <param name="observed">The observed spread.</param>
    /// <param name="largest">The largest possible spread.</param>
    /// <param name="parts">The groups' values, with noise from the same number of replicates; at least one.</param>
    public static (double Lower, double Upper) Of(double observed, double largest, params ReadOnlySpan<SpreadPart> parts)
    {
        int replicates = parts[0].Replicates;
        TailValues most = new(replicates), highest = new(replicates);
        List<double> least = [];
        int beyondByNoise = 0, beyondByChance = 0;
        double reached = observed * (1 - 1e-12);
        for (int r = 0; r < replicates; r++)
        {
            double low = 0, high = double.PositiveInfinity, byNoise = 0, byChance = 0, drawn = 0;
            foreach (SpreadPart part in parts)
            {
                SpreadReplicate own = part.Replicate(r, observed);
                low = Math.Max(low, own.Least);
                high = Math.Min(high, own.Most);
                byNoise = Math.Max(byNoise, own.Noise);
                drawn = Math.Max(drawn, own.Spread);
                byChance = Math.Max(byChance, own.Chance);
            }

            if (low > high) (low, high) = (0, 0);
            most.Add(high);
            highest.Add(-drawn);
            if (low > 0) least.Add(low);
            if (byNoise >= reached) beyondByNoise++;
            if (byChance >= reached) beyondByChance++;
        }

        double wanted = TailValues.Share * (replicates + 1), upper = -highest.Percentile;
        bool isByChance = observed == 0 || Math.Max(beyondByNoise, beyondByChance) >= wanted;
        double lower = isByChance ? 0 : observed * LowerScale(least, most.Smallest, wanted);
        return (Math.Min(observed, lower), Math.Max(observed, Math.Min(upper, largest)));
    }

    /// <summary>The smallest scale at which the observed spread is no longer among the largest 2.5%.</summary>
    /// <param name="least">The scales above 0 at which a replicate's spread starts to stay within the observed one.</param>
    /// <param name="most">The smallest of the scales at which a replicate's spread exceeds the observed one, ascending.</param>
    /// <param name="wanted">The number of replicates that must exceed the observed spread.</param>
    private static double LowerScale(List<double> least, ReadOnlySpan<double> most, double wanted)
    {
        for (int below = 0; below < most.Length; below++)
        {
            // At the scale most[below], as many replicates already exceed the observed spread; so do those that start only later.
            double scale = most[below], now = below + 1 + least.Count(l => l > scale);
            if (now < wanted) continue;
            double before = below == 0 ? 0 : most[below - 1];
            return before + (scale - before) * Math.Clamp(1 - (now - wanted), 0, 1);
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

    /// <summary>The 2.5th and 97.5th percentiles of a bootstrap of the ratio of the smallest to the largest rate.</summary>
    public (double Lower, double Upper) RatioPercentiles()
    {
        TailValues lowest = new(noise.Replicates), highest = new(noise.Replicates);
        for (int r = 0; r < noise.Replicates; r++)
        {
            GroupDraws.Pick(noise[r], counted, buffer);
            double least = double.PositiveInfinity, most = double.NegativeInfinity;
            for (int i = 0; i < buffer.Length; i++)
            {
                double rate = Math.Clamp(values[i] + buffer[i], 0, 1);
                least = Math.Min(least, rate);
                most = Math.Max(most, rate);
            }

            double ratio = most > 0 ? least / most : 1;
            lowest.Add(ratio);
            highest.Add(-ratio);
        }

        return (lowest.Percentile, -highest.Percentile);
    }

    /// <summary>One replicate.</summary>
    /// <param name="replicate">Its number, from 0.</param>
    /// <param name="limit">The limit for the scales.</param>
    public SpreadReplicate Replicate(int replicate, double limit)
    {
        double byChance = 0;
        if (chance is not null)
        {
            GroupDraws.Pick(chance[replicate], counted, buffer);
            byChance = GroupMeasures.Of(measure, buffer);
        }

        GroupDraws.Pick(noise[replicate], counted, buffer);
        double own = GroupMeasures.Of(measure, buffer);
        (double least, double most) = GroupMeasures.Scales(measure, values, spread, buffer, own, limit);
        for (int i = 0; i < buffer.Length; i++) buffer[i] += values[i];
        return new SpreadReplicate(least, most, own, GroupMeasures.Of(measure, buffer), byChance);
    }
}

/// <summary>One replicate of a spread.</summary>
/// <param name="Least">The smallest scale at which the spread with this noise does not exceed the limit.</param>
/// <param name="Most">The largest such scale; both are 0 where there is none.</param>
/// <param name="Noise">The spread of the noise alone.</param>
/// <param name="Spread">The spread of the observed values with this noise: a bootstrap replicate.</param>
/// <param name="Chance">The spread if all groups were equal; 0 where it was not simulated.</param>
internal readonly record struct SpreadReplicate(double Least, double Most, double Noise, double Spread, double Chance);
