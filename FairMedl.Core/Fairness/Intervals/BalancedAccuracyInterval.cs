using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Metrics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// The 95% interval of a balanced accuracy from the Wilson intervals of its two rates, by the square-and-add rule (Newcombe 1998,
/// method 10; Zou and Donner 2008): the distance to each end is half of sqrt(distance of the TPR² + distance of the TNR²). Unlike a
/// bootstrap it has a width where every row is correctly classified.
/// </summary>
internal static class BalancedAccuracyInterval
{
    /// <summary>The balanced accuracy of counts with its interval; undefined without positives or negatives.</summary>
    public static Estimate Of(ConfusionCounts counts)
    {
        if (counts.BalancedAccuracy is not { } value)
            return Estimate.None(counts.Positives == 0 ? "0 positives" : "0 negatives", counts.N);
        Estimate tpr = WilsonInterval.Rate(counts.TruePositives, counts.Positives, "positives"),
            tnr = WilsonInterval.Rate(counts.TrueNegatives, counts.Negatives, "negatives");
        double below = Math.Sqrt(Square(tpr.Value - tpr.Lower) + Square(tnr.Value - tnr.Lower)) / 2,
            above = Math.Sqrt(Square(tpr.Upper - tpr.Value) + Square(tnr.Upper - tnr.Value)) / 2;
        return new Estimate(value, Lower: Math.Max(0, value - below), Upper: Math.Min(1, value + above), N: counts.N);
    }

    private static double Square(double? distance) => distance!.Value * distance.Value;
}
