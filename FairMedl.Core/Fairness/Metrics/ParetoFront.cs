namespace FairMedl.Core.Fairness.Metrics;

/// <summary>
/// The Pareto front of two metrics: the points not dominated by another, which would be at least as good in both and better in
/// one. Intervals are not considered: a point just off the front may belong to it.
/// </summary>
public static class ParetoFront
{
    /// <summary>The positions of the points on the front, by the first number ascending. Equal points are all on it or none.</summary>
    /// <param name="points">Two values per point.</param>
    /// <param name="first">Direction of improvement of the first value.</param>
    /// <param name="second">Direction of improvement of the second value.</param>
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
