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
