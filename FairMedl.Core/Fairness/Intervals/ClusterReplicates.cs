using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// Widens a clustered bootstrap for few clusters: deviations from the value are multiplied by
/// sqrt(C / (C - 1)) · t(C - 1) / 1.96. The first factor corrects the variance between C clusters, which is computed about their own
/// mean; Student's quantile accounts for its being an estimate (Cameron, Gelbach and Miller 2008).
/// </summary>
internal static class ClusterReplicates
{
    /// <summary>The factor for a number of clusters, at least 2.</summary>
    public static double Widening(int clusters) =>
        Math.Sqrt(clusters / (clusters - 1.0)) * StudentInterval.Quantile(clusters - 1) / NormalQuantile.TwoSided95;

    /// <summary>
    /// The interval of a mean by clusters: percentiles of the widened deviations around the value. It holds the interval by rows,
    /// because rows vary within clusters as well.
    /// </summary>
    /// <param name="estimate">The value with its interval by rows.</param>
    /// <param name="drawn">The replicates.</param>
    /// <param name="clusters">Number of clusters; null without a bootstrap.</param>
    /// <param name="least">The smallest possible value.</param>
    /// <param name="most">The largest possible value.</param>
    public static Estimate OfMean(Estimate estimate, List<double> drawn, int? clusters, double least = 0,
        double most = double.PositiveInfinity)
    {
        if (clusters is not { } count || estimate.Value is not { } value || drawn.Count < 2) return estimate;
        double wider = Widening(count);
        double[] moved = [.. drawn.Select(d => value + wider * (d - value)).Order()];
        return With(estimate, (Math.Max(least, Percentile.Of(moved, 0.025)), Math.Min(most, Percentile.Of(moved, 0.975))), count);
    }

    /// <summary>A value with its interval by clusters, which holds the value and its interval by rows; none if it has no width.</summary>
    public static Estimate With(Estimate estimate, (double Lower, double Upper) ends, int clusters)
    {
        double value = estimate.Value!.Value, lower = Math.Min(Math.Min(value, ends.Lower), estimate.Lower ?? value),
            upper = Math.Max(Math.Max(value, ends.Upper), estimate.Upper ?? value);
        return upper > lower ? estimate with { ByClusters = new ClusterInterval(lower, upper, clusters) } : estimate;
    }
}

/// <summary>
/// The noise of one number by group under a clustered bootstrap, widened for few clusters. A replicate without rows of a group keeps
/// that group's last deviation, so that every replicate compares the same groups.
/// </summary>
internal sealed class ClusterSample
{
    private readonly double?[] values;
    private readonly double[] last;
    private readonly double wider;
    private readonly GroupDraws noise;
    private int replicate;

    /// <summary>For the groups' values, null where undefined.</summary>
    public ClusterSample(double?[] values, int clusters, int replicates)
    {
        this.values = values;
        last = new double[values.Length];
        wider = ClusterReplicates.Widening(clusters);
        noise = new GroupDraws(values.Length, replicates);
    }

    /// <summary>The sample, when all replicates were added.</summary>
    public GroupSample Sample => new(Array.ConvertAll(values, v => v ?? 0), Array.ConvertAll(values, v => v is not null), noise, null);

    /// <summary>Adds a group's value in the current replicate; the last group ends it.</summary>
    public void Add(int group, double? value)
    {
        if (value is { } v && values[group] is { } own) last[group] = wider * (v - own);
        noise[replicate][group] = last[group];
        if (group == values.Length - 1) replicate++;
    }
}
