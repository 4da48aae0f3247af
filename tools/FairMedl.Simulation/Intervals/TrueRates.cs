namespace FairMedl.Simulation.Intervals;

/// <summary>True rates of K groups: evenly spaced around a base rate, with a given population SD.</summary>
internal static class TrueRates
{
    /// <summary>The rates.</summary>
    public static double[] Of(double baseRate, double sd, int groups)
    {
        // K values one apart have an SD of sqrt((K² - 1) / 12).
        double step = sd / Math.Sqrt((groups * groups - 1) / 12.0);
        return [.. Enumerable.Range(0, groups).Select(g => baseRate + step * (g - (groups - 1) / 2.0))];
    }
}
