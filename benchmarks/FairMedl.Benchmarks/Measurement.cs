namespace FairMedl.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="Subject">What was measured.</param>
/// <param name="Unit">Of the figures.</param>
/// <param name="Values">One a repetition.</param>
internal sealed record Measurement(string Subject, string Unit, IReadOnlyList<double> Values)
{
    /// <summary>The middle of the repetitions.</summary>
    public double Median => Quantile(0.5);

    /// <summary>Half of the repetitions are within.</summary>
    public double InterquartileRange => Quantile(0.75) - Quantile(0.25);

    private double Quantile(double share)
    {
        double[] sorted = [.. Values.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
