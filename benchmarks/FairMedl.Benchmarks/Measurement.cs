namespace FairMedl.Benchmarks;

/// <summary>One row of the results: the repeated measurements of a subject.</summary>
/// <param name="Subject">What was measured.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Values">One value per repetition.</param>
internal sealed record Measurement(string Subject, string Unit, IReadOnlyList<double> Values)
{
    /// <summary>The median of the repetitions.</summary>
    public double Median => Quantile(0.5);

    /// <summary>The interquartile range of the repetitions.</summary>
    public double InterquartileRange => Quantile(0.75) - Quantile(0.25);

    private double Quantile(double share)
    {
        double[] sorted = [.. Values.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
