using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>The replicates of one number under a bootstrap, and the percentile interval that they give it.</summary>
internal sealed class Replicates(int capacity)
{
    /// <summary>Minimum share of defined replicates for an interval.</summary>
    private const double DefinedShare = 0.5;

    private readonly double[] values = new double[capacity];
    private int count, asked;

    /// <summary>Adds a replicate; null where it is undefined.</summary>
    public void Add(double? value)
    {
        asked++;
        if (value is { } v) values[count++] = v;
    }

    /// <summary>The estimate with its interval by rows, where enough replicates are defined.</summary>
    public Estimate Around(Estimate estimate) =>
        estimate.Value is { } value && Ends(value) is var (lower, upper) ? estimate with { Lower = lower, Upper = upper } : estimate;

    /// <summary>The estimate with its interval by clusters, where there are enough of them and of defined replicates.</summary>
    public Estimate ByClusters(Estimate estimate, ClusterBootstrap? bootstrap) =>
        bootstrap is not null && estimate.Value is { } value && Ends(value) is var (lower, upper)
            ? estimate with { ByClusters = new ClusterInterval(lower, upper, bootstrap.Clusters) }
            : estimate;

    /// <summary>The 2.5th and the 97.5th percentile, extended to hold the value.</summary>
    private (double Lower, double Upper)? Ends(double value)
    {
        if (count < 2 || count < DefinedShare * asked) return null;
        Span<double> used = values.AsSpan(0, count);
        used.Sort();
        return (Math.Min(value, Percentile.Of(used, 0.025)), Math.Max(value, Percentile.Of(used, 0.975)));
    }
}
