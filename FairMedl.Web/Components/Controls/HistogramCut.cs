using FairMedl.Core.Data;

namespace FairMedl.Web.Components.Controls;

/// <summary>Where the bound between two brackets falls on a histogram of numbers.</summary>
public static class HistogramCut
{
    /// <summary>0 at the left edge, 1 at the right; null outside, and where the bars are levels. A bound belongs to the bracket below it, so among whole numbers the cut is after it.</summary>
    public static double? Place(IReadOnlyList<HistogramBar> bars, bool isWhole, double bound)
    {
        if (bars.Count == 0 || bars[0] is not { Lower: { } low, Upper: { } firstUpper } || bars[^1].Upper is not { } high) return null;
        double span = isWhole ? bars.Count * (firstUpper - low + 1) : high - low;
        if (span <= 0) return null;
        double place = ((isWhole ? Math.Floor(bound) + 1 : bound) - low) / span;
        return place is >= 0 and <= 1 ? place : null;
    }
}
