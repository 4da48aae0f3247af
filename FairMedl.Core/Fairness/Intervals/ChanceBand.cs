using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// The range of a group's rate in 95 of 100 samples if the true rate were the same in every group:
/// p +- 1.96 sqrt(p (1 - p) / n_g) within [0, 1], with p the rate over all groups together and n_g the group's denominator.
/// The normal approximation to the binomial is rough where n_g p or n_g (1 - p) is below about 5. Rows are assumed
/// independent, although rows of one cluster are correlated.
/// </summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end.</param>
public sealed record ChanceBand(double Lower, double Upper)
{
    /// <summary>The bands of a model's rates by group; null where a rate or its denominator is undefined.</summary>
    /// <param name="rates">Its rates by group, each with its denominator.</param>
    public static IReadOnlyList<ChanceBand?> Of(IReadOnlyList<Estimate> rates)
    {
        double hits = 0;
        long rows = 0;
        foreach (Estimate rate in rates)
        {
            if (rate is not { Value: { } value, N: { } n and > 0 }) continue;
            hits += value * n;
            rows += n;
        }

        if (rows == 0) return [.. rates.Select(_ => (ChanceBand?)null)];
        // Rounding must not move the pooled rate out of the range of the rates.
        double pooled = Math.Clamp(hits / rows, 0, 1);
        return [.. rates.Select(r => r is { Value: not null, N: { } n and > 0 } ? Around(pooled, n) : null)];
    }

    private static ChanceBand Around(double rate, int n)
    {
        double half = NormalQuantile.TwoSided95 * Math.Sqrt(rate * (1 - rate) / n);
        return new ChanceBand(Math.Max(0, rate - half), Math.Min(1, rate + half));
    }
}
