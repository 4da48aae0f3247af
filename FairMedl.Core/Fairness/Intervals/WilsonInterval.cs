using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// Wilson's score interval for a rate (1927): (k + z^2/2 +- z sqrt(k (n - k) / n + z^2/4)) / (n + z^2), z = 1.96. It stays
/// within [0, 1] and keeps its coverage for small n and for rates near 0 and 1, where the textbook interval has width 0.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The rate k / n with its 95% interval; undefined where n is 0.</summary>
    /// <param name="hits">k, 0 .. n.</param>
    /// <param name="n">The denominator.</param>
    /// <param name="denominator">What is counted in the denominator, for the reason: "positives" gives "0 positives".</param>
    /// <exception cref="ArgumentOutOfRangeException">k is not within 0 .. n.</exception>
    public static Estimate Rate(int hits, int n, string denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, n);
        if (n == 0) return Estimate.None($"0 {denominator}", 0);
        const double z2 = NormalQuantile.TwoSided95 * NormalQuantile.TwoSided95;
        double k = hits, centre = k + z2 / 2;
        double half = NormalQuantile.TwoSided95 * Math.Sqrt(k * (n - k) / n + z2 / 4);
        // At the ends one limit is the rate itself; rounding must not move it.
        double lower = hits == 0 ? 0 : (centre - half) / (n + z2);
        double upper = hits == n ? 1 : (centre + half) / (n + z2);
        return new Estimate(k / n, Lower: lower, Upper: upper, N: n);
    }
}
