using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>Simulated numbers by replicate and group: deviations from the groups' values, or values expected by chance.</summary>
/// <param name="groups">K.</param>
/// <param name="replicates">R.</param>
internal sealed class GroupDraws(int groups, int replicates)
{
    private readonly double[] values = new double[groups * replicates];

    /// <summary>R.</summary>
    public int Replicates => replicates;

    /// <summary>The K numbers of a replicate.</summary>
    public Span<double> this[int replicate] => values.AsSpan(replicate * groups, groups);

    /// <summary>
    /// The distribution of a spread over some of the groups, for values expected by chance. Null with fewer than two groups or without
    /// replicates.
    /// </summary>
    public SpreadFloor? Floor(GroupMeasure measure, ReadOnlySpan<int> counted)
    {
        if (counted.Length < 2 || replicates < 1) return null;
        var drawn = new double[replicates];
        Span<double> picked = new double[counted.Length];
        double sum = 0;
        for (int r = 0; r < replicates; r++)
        {
            Pick(this[r], counted, picked);
            drawn[r] = GroupMeasures.Of(measure, picked);
            sum += drawn[r];
        }

        Array.Sort(drawn);
        return new SpreadFloor(sum / replicates, Percentile.Of(drawn, 0.95));
    }

    /// <summary>The numbers of some groups.</summary>
    public static void Pick(ReadOnlySpan<double> all, ReadOnlySpan<int> counted, Span<double> picked)
    {
        for (int i = 0; i < counted.Length; i++) picked[i] = all[counted[i]];
    }
}
