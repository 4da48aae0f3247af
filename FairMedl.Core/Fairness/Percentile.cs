namespace FairMedl.Core.Fairness;

/// <summary>Sample quantiles by linear interpolation between order statistics (Hyndman and Fan's type 7).</summary>
internal static class Percentile
{
    /// <summary>The quantile of ascending values, at least one.</summary>
    public static double Of(ReadOnlySpan<double> ascending, double share)
    {
        double place = share * (ascending.Length - 1);
        int below = (int)place;
        if (below + 1 >= ascending.Length) return ascending[^1];
        return ascending[below] + (place - below) * (ascending[below + 1] - ascending[below]);
    }
}
