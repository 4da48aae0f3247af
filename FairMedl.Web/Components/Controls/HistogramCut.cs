using FairMedl.Core.Data.Profiling;

namespace FairMedl.Web.Components.Controls;

/// <summary>The position of a bound between two bins on a histogram.</summary>
public static class HistogramCut
{
    /// <summary>The position from 0 (left edge) to 1 (right edge); null if the bound is outside or the bars are levels. A bound
    /// belongs to the
    /// bin below it, so for whole numbers the cut comes after it.</summary>
    public static double? Place(IReadOnlyList<HistogramBar> bars, bool isWhole, double bound)
    {
        if (bars.Count == 0 || bars[0] is not { Lower: { } low, Upper: { } firstUpper } || bars[^1].Upper is not { } high) return null;
        double span = isWhole ? bars.Count * (firstUpper - low + 1) : high - low;
        if (span <= 0) return null;
        double place = ((isWhole ? Math.Floor(bound) + 1 : bound) - low) / span;
        return place is >= 0 and <= 1 ? place : null;
    }
}
