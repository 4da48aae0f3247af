namespace FairMedl.Core.Fairness.Metrics;

/// <summary>
/// Measures of the spread between K groups' values. Undefined values (null) are left out; with fewer than two left, the measure
/// is null. 0 means no difference (1 for the ratio). K = 2: the SD is half the difference and the pairwise mean equals it; K = 3:
/// the pairwise mean is 2/3 of the largest difference; always R / sqrt(2K) &lt;= SD &lt;= R / 2, R being max - min. So an SD is
/// not comparable between attributes with different K.
/// </summary>
public static class Spread
{
    /// <summary>
    /// Population SD, sqrt(sum (v - mean)^2 / K), in the values' unit: the paper's measure of equalized odds (section 2.3.1).
    /// </summary>
    public static double? PopulationSd(ReadOnlySpan<double?> values)
    {
        (int count, double sum, _, _) = Summary(values);
        if (count < 2) return null;
        double mean = sum / count, squares = 0;
        foreach (double? value in values)
            if (value is { } v) squares += (v - mean) * (v - mean);
        return Math.Sqrt(squares / count);
    }

    /// <summary>Mean over all pairs of groups of |v - v'|, in the values' unit: demographic parity, equations 3 and 4.</summary>
    public static double? MeanPairwiseDifference(ReadOnlySpan<double?> values)
    {
        int pairs = 0;
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is not { } a) continue;
            for (int j = i + 1; j < values.Length; j++)
            {
                if (values[j] is not { } b) continue;
                sum += Math.Abs(a - b);
                pairs++;
            }
        }

        return pairs == 0 ? null : sum / pairs;
    }

    /// <summary>max - min, in the values' unit: Fairlearn's "difference" between groups.</summary>
    public static double? Difference(ReadOnlySpan<double?> values)
    {
        (int count, _, double min, double max) = Summary(values);
        return count < 2 ? null : max - min;
    }

    /// <summary>
    /// min / max, no unit: Fairlearn's "ratio" between groups; 1 means no difference. Null also where the largest value is 0.
    /// </summary>
    public static double? Ratio(ReadOnlySpan<double?> values)
    {
        (int count, _, double min, double max) = Summary(values);
        return count < 2 || max == 0 ? null : min / max;
    }

    /// <summary>Number of defined values.</summary>
    public static int Defined(ReadOnlySpan<double?> values) => Summary(values).Count;

    private static (int Count, double Sum, double Min, double Max) Summary(ReadOnlySpan<double?> values)
    {
        int count = 0;
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
        foreach (double? value in values)
        {
            if (value is not { } v) continue;
            count++;
            sum += v;
            min = Math.Min(min, v);
            max = Math.Max(max, v);
        }

        return (count, sum, min, max);
    }
}
