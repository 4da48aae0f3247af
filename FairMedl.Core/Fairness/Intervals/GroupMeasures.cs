namespace FairMedl.Core.Fairness.Intervals;

/// <summary>A spread between groups' values that is 0 only if all are equal and grows in proportion to their differences.</summary>
internal enum GroupMeasure
{
    /// <summary>Population SD.</summary>
    Sd,

    /// <summary>Mean over all pairs of the absolute difference.</summary>
    MeanPairwise,

    /// <summary>Largest minus smallest.</summary>
    Range,
}

/// <summary>
/// Computes spreads along a line of groups' values, x = c d + e. Each spread is a convex function of c (a seminorm of the values),
/// so the c at which it stays at or below a limit form an interval.
/// </summary>
internal static class GroupMeasures
{
    /// <summary>Groups from which sorting is faster than all pairs.</summary>
    private const int Sorted = 12;

    private const int MostSteps = 60;

    /// <summary>The spread of at least two values.</summary>
    public static double Of(GroupMeasure measure, ReadOnlySpan<double> values) =>
        measure == GroupMeasure.Sd ? Sd(values) : At(measure, values, values, 0, out _);

    /// <summary>
    /// The scales c of at least 0 at which the spread of c d + e does not exceed a limit; (0, 0) where there is none.
    /// </summary>
    /// <param name="measure">The spread.</param>
    /// <param name="d">Direction.</param>
    /// <param name="directionSpread">Its spread.</param>
    /// <param name="e">Offset.</param>
    /// <param name="offsetSpread">Its spread.</param>
    /// <param name="limit">The limit, at least 0.</param>
    public static (double Least, double Most) Scales(GroupMeasure measure, ReadOnlySpan<double> d, double directionSpread,
        ReadOnlySpan<double> e, double offsetSpread, double limit)
    {
        if (directionSpread == 0) return offsetSpread <= limit ? (0, double.PositiveInfinity) : (0, 0);
        if (measure == GroupMeasure.Sd) return SdScales(d, directionSpread, e, offsetSpread, limit);
        // The triangle inequality gives a scale that is surely too large; Newton's steps on a convex function come down from there.
        double tolerance = 1e-12 * (limit + offsetSpread), most = (limit + offsetSpread) / directionSpread;
        for (int step = 0; step < MostSteps; step++)
        {
            double above = At(measure, d, e, most, out double slope) - limit;
            if (above <= tolerance) break;
            if (slope <= 0) return (0, 0);
            most -= above / slope;
            if (most <= 0) return (0, 0);
        }

        double least = 0;
        if (offsetSpread <= limit) return (least, most);
        for (int step = 0; step < MostSteps; step++)
        {
            double above = At(measure, d, e, least, out double slope) - limit;
            if (above <= tolerance || slope >= 0) break;
            least -= above / slope;
        }

        return (Math.Min(least, most), most);
    }

    private static (double Least, double Most) SdScales(ReadOnlySpan<double> d, double directionSpread, ReadOnlySpan<double> e,
        double offsetSpread, double limit)
    {
        double dMean = Mean(d), eMean = Mean(e), product = 0;
        for (int i = 0; i < d.Length; i++) product += (d[i] - dMean) * (e[i] - eMean);
        product /= d.Length;
        double a = directionSpread * directionSpread, root = product * product - a * (offsetSpread * offsetSpread - limit * limit);
        if (root < 0) return (0, 0);
        root = Math.Sqrt(root);
        double most = (root - product) / a;
        return most <= 0 ? (0, 0) : (Math.Max(0, (-root - product) / a), most);
    }

    /// <summary>The spread of c d + e and its slope in c.</summary>
    private static double At(GroupMeasure measure, ReadOnlySpan<double> d, ReadOnlySpan<double> e, double c, out double slope) =>
        measure == GroupMeasure.Range ? Range(d, e, c, out slope)
        : e.Length < Sorted ? ByPairs(d, e, c, out slope)
        : BySorting(d, e, c, out slope);

    private static double Range(ReadOnlySpan<double> d, ReadOnlySpan<double> e, double c, out double slope)
    {
        int low = 0, high = 0;
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int i = 0; i < e.Length; i++)
        {
            double x = c * d[i] + e[i];
            if (x < least) (least, low) = (x, i);
            if (x > most) (most, high) = (x, i);
        }

        slope = d[high] - d[low];
        return most - least;
    }

    private static double Sd(ReadOnlySpan<double> values)
    {
        double mean = Mean(values), squares = 0;
        foreach (double v in values) squares += (v - mean) * (v - mean);
        return Math.Sqrt(squares / values.Length);
    }

    private static double ByPairs(ReadOnlySpan<double> d, ReadOnlySpan<double> e, double c, out double slope)
    {
        double sum = 0;
        slope = 0;
        for (int i = 1; i < e.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double difference = c * (d[i] - d[j]) + (e[i] - e[j]);
                int sign = difference < 0 ? -1 : 1;
                sum += sign * difference;
                slope += sign * (d[i] - d[j]);
            }
        }

        double pairs = e.Length * (e.Length - 1) / 2.0;
        slope /= pairs;
        return sum / pairs;
    }

    private static double BySorting(ReadOnlySpan<double> d, ReadOnlySpan<double> e, double c, out double slope)
    {
        Span<double> values = e.Length <= 128 ? stackalloc double[e.Length] : new double[e.Length];
        Span<int> order = e.Length <= 128 ? stackalloc int[e.Length] : new int[e.Length];
        for (int i = 0; i < e.Length; i++) (values[i], order[i]) = (c * d[i] + e[i], i);
        values.Sort(order);
        double sum = 0;
        slope = 0;
        // The i-th smallest is above i values and below K - 1 - i.
        for (int i = 0; i < e.Length; i++)
        {
            int weight = 2 * i - (e.Length - 1);
            sum += weight * values[i];
            slope += weight * d[order[i]];
        }

        double pairs = e.Length * (e.Length - 1) / 2.0;
        slope /= pairs;
        return sum / pairs;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double v in values) sum += v;
        return sum / values.Length;
    }
}
