using FairMedl.Core.Fairness.Metrics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// The difference of two estimates with a 95% interval from theirs (the square-and-add rule: Newcombe 1998, method 10, for
/// rates with Wilson's intervals; Zou and Donner 2008 in general): second - first, and away from it by
/// sqrt((second's own distance)^2 + (first's opposite distance)^2). It assumes independent estimates; estimates over the same
/// rows are positively correlated, which makes the interval conservative. 0 means no difference.
/// </summary>
public static class DifferenceInterval
{
    /// <summary>Second minus first; undefined where either is, and without an interval where either has none.</summary>
    public static Estimate Of(Estimate first, Estimate second)
    {
        if (first.Value is not { } a) return Estimate.None($"baseline: {first.Undefined}");
        if (second.Value is not { } b) return Estimate.None(second.Undefined ?? "undefined");
        if (first is not { Lower: { } aLower, Upper: { } aUpper } || second is not { Lower: { } bLower, Upper: { } bUpper })
            return new Estimate(b - a, N: Least(first, second));
        return new Estimate(
            b - a,
            Lower: b - a - Math.Sqrt(Square(b - bLower) + Square(aUpper - a)),
            Upper: b - a + Math.Sqrt(Square(bUpper - b) + Square(a - aLower)),
            N: Least(first, second));
    }

    private static int? Least(Estimate first, Estimate second) => first.N is { } a && second.N is { } b ? Math.Min(a, b) : null;

    private static double Square(double value) => value * value;
}
