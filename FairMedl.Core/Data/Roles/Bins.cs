using FairMedl.Core.Data.Csv;

namespace FairMedl.Core.Data.Roles;

/// <summary>
/// Half-open bins of a number by ascending inner bounds b1 &lt; b2 &lt; ...: (-inf, b1], (b1, b2], ..., (bk, inf).
/// Each bin holds its upper bound and not its lower one.
/// </summary>
public sealed class Bins
{
    private readonly double[] bounds;

    /// <summary>
    /// With ascending finite bounds; <paramref name="isWhole"/> when the numbers are whole, which changes the names only.
    /// </summary>
    /// <exception cref="ArgumentException">There are no bounds, or they are not finite and strictly ascending.</exception>
    public Bins(IReadOnlyList<double> bounds, bool isWhole)
    {
        if (!AreValid(bounds)) throw new ArgumentException("Bounds must be finite and strictly ascending.", nameof(bounds));
        this.bounds = [.. bounds];
        bool wholeNames = isWhole && bounds.All(b => b == Math.Floor(b));
        var names = new string[bounds.Count + 1];
        names[0] = $"<={NumberText.Show(bounds[0])}";
        names[^1] = $">{NumberText.Show(bounds[^1])}";
        for (int i = 1; i < bounds.Count; i++)
        {
            string lower = NumberText.Show(wholeNames ? bounds[i - 1] + 1 : bounds[i - 1]), upper = NumberText.Show(bounds[i]);
            names[i] = wholeNames && lower == upper ? upper : $"{lower}-{upper}";
        }

        Names = names;
    }

    /// <summary>Ascending: "&lt;=30", "31-45", "&gt;45" for whole numbers and bounds; "&lt;=1.5", "1.5-2.5", "&gt;2.5" otherwise.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether bounds can be used: at least one, finite, strictly ascending.</summary>
    public static bool AreValid(IReadOnlyList<double> bounds)
    {
        for (int i = 0; i < bounds.Count; i++)
        {
            if (!double.IsFinite(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1])) return false;
        }

        return bounds.Count > 0;
    }

    /// <summary>The bin, 0 .. Names.Count - 1, of a number that is not NaN.</summary>
    public int IndexOf(double number)
    {
        int at = Array.BinarySearch(bounds, number);
        return at >= 0 ? at : ~at;
    }
}
