using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// One number by group, with simulated sampling noise and the values expected by chance. A group without rows has the value 0 and is
/// never counted.
/// </summary>
/// <param name="Values">By group.</param>
/// <param name="Defined">By group: whether it has a value.</param>
/// <param name="Noise">Deviations by replicate and group, with mean 0.</param>
/// <param name="Chance">Values by replicate and group if all groups were equal; null = not simulated.</param>
internal sealed record GroupSample(double[] Values, bool[] Defined, GroupDraws Noise, GroupDraws? Chance)
{
    /// <summary>The defined groups among those that a spread counts.</summary>
    public int[] Counted(bool[] large) => [.. Enumerable.Range(0, Values.Length).Where(g => Defined[g] && large[g])];

    /// <summary>A spread over some groups; null with fewer than two that are defined.</summary>
    public SpreadPart? Part(GroupMeasure measure, bool[] large) =>
        Counted(large) is { Length: > 1 } counted ? new SpreadPart(measure, Values, counted, Noise, Chance) : null;

    /// <summary>The noise floor of a spread over some groups; null with fewer than two that are defined.</summary>
    public SpreadFloor? Floor(GroupMeasure measure, bool[] large) => Chance?.Floor(measure, Counted(large));

    /// <summary>
    /// Rates. The noise is binomial around (k + 2) / (n + 4), the center of the interval of Agresti and Coull (1998), so that groups
    /// with 0 or n hits vary too; by chance, every group has the pooled rate of all rows, k ~ Binomial(n, pooled rate).
    /// </summary>
    /// <param name="hits">k by group.</param>
    /// <param name="sizes">n by group.</param>
    /// <param name="random">The random stream.</param>
    /// <param name="replicates">Number of replicates.</param>
    public static GroupSample Rates(ReadOnlySpan<int> hits, ReadOnlySpan<int> sizes, RandomStream random, int replicates)
    {
        int groups = sizes.Length;
        long allHits = 0, all = 0;
        double[] values = new double[groups], smoothed = new double[groups];
        for (int g = 0; g < groups; g++)
        {
            allHits += hits[g];
            all += sizes[g];
            values[g] = sizes[g] == 0 ? 0 : (double)hits[g] / sizes[g];
            smoothed[g] = (hits[g] + 2.0) / (sizes[g] + 4);
        }

        double pooled = all == 0 ? 0 : (double)allHits / all;
        GroupDraws noise = new(groups, replicates), chance = new(groups, replicates);
        RandomStream byNoise = random.Child("bootstrap"), byChance = random.Child("floor");
        for (int r = 0; r < replicates; r++)
        {
            Span<double> deviations = noise[r], equal = chance[r];
            for (int g = 0; g < groups; g++)
            {
                int n = sizes[g];
                if (n == 0) continue;
                deviations[g] = (double)BinomialDraw.Next(byNoise, n, smoothed[g]) / n - smoothed[g];
                equal[g] = (double)BinomialDraw.Next(byChance, n, pooled) / n;
            }
        }

        return new GroupSample(values, Array.ConvertAll(sizes.ToArray(), n => n > 0), noise, chance);
    }

    /// <summary>
    /// Means of two numbers of the rows of each group, drawn together. The noise is a bootstrap of the group's own rows, widened by
    /// sqrt(n / (n - 1)); a group with one row has that of all rows. By chance, every group's rows are drawn from all rows.
    /// </summary>
    /// <param name="groups">The rows by group; null for a group without rows.</param>
    /// <param name="sizes">n by group.</param>
    /// <param name="pool">All rows.</param>
    /// <param name="random">The random stream.</param>
    /// <param name="replicates">Number of replicates.</param>
    public static (GroupSample First, GroupSample Second) Means(MeanSource?[] groups, ReadOnlySpan<int> sizes, MeanSource pool,
        RandomStream random, int replicates)
    {
        int count = sizes.Length;
        bool[] defined = Array.ConvertAll(groups, g => g is not null);
        GroupSample first = new([.. groups.Select(g => g?.FirstMean ?? 0)], defined, new(count, replicates), new(count, replicates)),
            second = new([.. groups.Select(g => g?.SecondMean ?? 0)], defined, new(count, replicates), new(count, replicates));
        RandomStream byNoise = random.Child("bootstrap"), byChance = random.Child("floor");
        for (int r = 0; r < replicates; r++)
        {
            for (int g = 0; g < count; g++)
            {
                int n = sizes[g];
                if (groups[g] is not { } own) continue;
                MeanSource source = n > 1 ? own : pool;
                (double f, double s) = source.Draw(byNoise, n);
                double wider = n > 1 ? Math.Sqrt(n / (n - 1.0)) : 1;
                (first.Noise[r][g], second.Noise[r][g]) = (wider * (f - source.FirstMean), wider * (s - source.SecondMean));
                (first.Chance![r][g], second.Chance![r][g]) = pool.Draw(byChance, n);
            }
        }

        return (first, second);
    }
}
