using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using MathNet.Numerics.Distributions;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>The 95% interval of a mean, mean +- t(n - 1) s / sqrt(n), with Student's quantile and the sample SD s.</summary>
public static class StudentInterval
{
    /// <summary>Half the interval's width; null with fewer than two values.</summary>
    /// <param name="n">Number of values.</param>
    /// <param name="sumOfSquares">Sum of (v - mean)^2, in the square of the values' unit.</param>
    public static double? HalfWidth(int n, double sumOfSquares) =>
        n < 2 ? null : Quantile(n - 1) * Math.Sqrt(sumOfSquares / (n - 1) / n);

    /// <summary>
    /// The mean of values between two limits, with its interval within them. Where all n values are the same, their sample variance of
    /// 0 says nothing about other rows: at least the share t = 0.025^(1/n) of all rows then has that value v (Clopper and Pearson 1934,
    /// one-sided 97.5%), so the mean is within t v + (1 - t) least and t v + (1 - t) most. There is no interval if the limits do not
    /// differ, either.
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="least">The smallest possible value, or the smallest that occurs.</param>
    /// <param name="most">The largest possible value, or the largest that occurs.</param>
    /// <param name="areLimits">Whether no value can be beyond the limits, so that the interval is cut there.</param>
    public static Estimate MeanWithin(ReadOnlySpan<double> values, double least, double most, bool areLimits = true)
    {
        Estimate mean = Mean(values);
        if (mean is not { Value: { } value, Lower: { } lower, Upper: { } upper }) return mean;
        if (values.ContainsAnyExcept(values[0]))
            return areLimits ? mean with { Lower = Math.Max(least, lower), Upper = Math.Min(most, upper) } : mean;
        if (most <= least) return mean with { Lower = null, Upper = null };
        double share = Math.Pow(0.025, 1.0 / values.Length);
        return mean with
        {
            Lower = share * value + (1 - share) * Math.Min(least, value),
            Upper = share * value + (1 - share) * Math.Max(most, value),
        };
    }

    /// <summary>The mean of the values with its interval; undefined where there are none.</summary>
    public static Estimate Mean(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return Estimate.None("0 values", 0);
        double sum = 0, squares = 0;
        foreach (double v in values) sum += v;
        double mean = sum / values.Length;
        foreach (double v in values) squares += (v - mean) * (v - mean);
        double? half = HalfWidth(values.Length, squares);
        return new Estimate(mean, Lower: mean - half, Upper: mean + half, N: values.Length);
    }

    /// <summary>The 97.5th percentile of t. Beyond ten thousand degrees of freedom it is the normal's to four digits.</summary>
    internal static double Quantile(int degrees) =>
        degrees > 10_000 ? NormalQuantile.TwoSided95 : StudentT.InvCDF(0, 1, degrees, 0.975);
}
