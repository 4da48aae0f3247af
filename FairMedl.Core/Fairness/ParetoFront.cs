namespace FairMedl.Core.Fairness;

/// <summary>
/// The front of two aims: the points than which no other is at least as good in both and better in one. A point off
/// the front can be replaced without a loss. Intervals are not considered: a point just off the front may belong to it.
/// </summary>
public static class ParetoFront
{
    /// <summary>The positions of the points on the front, by the first number ascending. Equal points are all on it or none.</summary>
    /// <param name="points">Two numbers a point.</param>
    /// <param name="first">Which way the first number is better.</param>
    /// <param name="second">Which way the second number is better.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<(double First, double Second)> points, BetterDirection first, BetterDirection second)
    {
        (double First, double Second)[] costs = [.. points.Select(p => (Cost(p.First, first), Cost(p.Second, second)))];
        return [.. Enumerable.Range(0, costs.Length)
            .Where(i => !costs.Any(other => Dominates(other, costs[i])))
            .OrderBy(i => points[i].First).ThenBy(i => points[i].Second)];
    }

    private static bool Dominates((double First, double Second) a, (double First, double Second) b) =>
        a.First <= b.First && a.Second <= b.Second && (a.First < b.First || a.Second < b.Second);

    private static double Cost(double value, BetterDirection better) => better == BetterDirection.Higher ? -value : value;
}
