namespace FairMedl.Core.Numerics;

/// <summary>The median: the middle value, or the mean of the two middle ones.</summary>
public static class Median
{
    /// <summary>Of at least one value; sorts them in place.</summary>
    public static double Of(Span<double> values)
    {
        values.Sort();
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
