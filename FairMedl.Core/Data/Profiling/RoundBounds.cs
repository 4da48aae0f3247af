namespace FairMedl.Core.Data.Profiling;

/// <summary>Cuts a number into thirds at bounds that a person would write.</summary>
public static class RoundBounds
{
    /// <summary>One or two ascending bounds near the terciles of ascending numbers, each bin non-empty; none for a constant.</summary>
    public static IReadOnlyList<double> Terciles(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty || sorted[0] == sorted[^1]) return [];
        double low = sorted[0], high = sorted[^1];
        double step = Math.Pow(10, Math.Floor(Math.Log10((high - low) / 4)));
        if (5 * step <= (high - low) / 4) step *= 5;
        double a = Round(sorted[sorted.Length / 3], step), b = Round(sorted[2 * sorted.Length / 3], step);
        if (a < low || a >= high) a = sorted[sorted.Length / 3] < high ? sorted[sorted.Length / 3] : low;
        return b > a && b < high && Occurs(sorted, a, b) ? [a, b] : [a];
    }

    private static double Round(double x, double step) =>
        step >= 1 ? Math.Round(x / step) * step : Math.Round(x / step) / Math.Round(1 / step);

    private static bool Occurs(ReadOnlySpan<double> sorted, double above, double upTo)
    {
        foreach (double x in sorted)
        {
            if (x > above && x <= upTo) return true;
        }

        return false;
    }
}
