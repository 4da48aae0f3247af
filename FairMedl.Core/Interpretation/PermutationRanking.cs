using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Interpretation;

/// <summary>
/// Ranks columns of the file by permutation importance. The test rows of a seed's folds are pooled as for the metrics, then seeds are
/// averaged. A seed's interval comes from the paired changes of its rows.
/// </summary>
/// <remarks>
/// Classification: half the sum of the mean changes of positives and negatives. For the interval, half a row that becomes wrong and half
/// a row that becomes correct are added to each class (Agresti and Min 2005), so that a column that changed no decision still has an
/// interval: with n rows in each class about 1.4 / n either way. Regression: the mean change of the squared error with Student's
/// interval; none where no prediction changed.
/// </remarks>
public static class PermutationRanking
{
    /// <summary>The ranking over fits of one model; null where a fit has no permutation importance. Ties keep the order of the columns.</summary>
    public static IReadOnlyList<PermutationImportance>? Over(IReadOnlyList<FitResult> fits)
    {
        if (fits.Count == 0 || fits.Any(f => f.Permutation is null)) return null;
        (string Column, bool IsProbe)[] columns = [.. fits.SelectMany(f => f.Permutation!).Select(c => (c.Column, c.IsProbe)).Distinct()];
        IGrouping<ulong, FitResult>[] seeds = [.. fits.GroupBy(f => f.Key.Seed)];
        return [.. columns
            .Select(c => (c.Column, c.IsProbe, Change: Overall([.. seeds.Select(seed => Pooled(seed, c.Column))])))
            .OrderByDescending(c => c.Change.Value ?? double.NegativeInfinity)
            .Select((c, rank) => new PermutationImportance(c.Column, c.IsProbe, c.Change, rank + 1))];
    }

    /// <summary>The change of a classification from the sums over positives and negatives, or of a regression from those over all rows.</summary>
    /// <exception cref="ArgumentException">There are neither one nor two strata.</exception>
    public static Estimate Of(IReadOnlyList<ChangeSums> strata) => strata.Count switch
    {
        1 => SquaredError(strata[0]),
        2 => BalancedAccuracy(strata[0], strata[1]),
        _ => throw new ArgumentException($"A permutation importance has one or two strata, not {strata.Count}.", nameof(strata)),
    };

    /// <summary>The sums of a seed's folds.</summary>
    private static Estimate Pooled(IEnumerable<FitResult> folds, string column) => Of(folds
        .Select(f => f.Permutation!.FirstOrDefault(c => c.Column == column)?.Strata)
        .OfType<IReadOnlyList<ChangeSums>>()
        .Aggregate((all, next) => [.. all.Zip(next, (a, b) => a + b)]));

    private static Estimate Overall(Estimate[] seeds) =>
        // A mean over seeds of exact zeros without intervals would get one of zero width.
        seeds.All(s => s is { Value: 0, Lower: null }) ? seeds[0] : SeedAverage.Over(seeds);

    private static Estimate BalancedAccuracy(ChangeSums positives, ChangeSums negatives)
    {
        int n = positives.N + negatives.N;
        if (positives.N == 0) return Estimate.None("0 positives", n);
        if (negatives.N == 0) return Estimate.None("0 negatives", n);
        double drop = (positives.Sum / positives.N + negatives.Sum / negatives.N) / 2;
        double half = NormalQuantile.TwoSided95 * Math.Sqrt(Variance(positives) + Variance(negatives)) / 2;
        return new Estimate(drop, Lower: Math.Max(-1, drop - half), Upper: Math.Min(1, drop + half), N: n,
            Note: positives.SumOfSquares + negatives.SumOfSquares == 0 ? "no decision changed" : null);
    }

    /// <summary>Variance of the mean change of a class, with one row added that changes.</summary>
    private static double Variance(ChangeSums sums)
    {
        double n = sums.N + 2.0;
        return (sums.SumOfSquares + 1 - sums.Sum * sums.Sum / n) / (n * n);
    }

    private static Estimate SquaredError(ChangeSums rows)
    {
        if (rows.N == 0) return Estimate.None("0 rows", 0);
        double rise = rows.Sum / rows.N;
        if (rows.SumOfSquares == 0) return new Estimate(rise, N: rows.N, Note: "no prediction changed");
        double? half = StudentInterval.HalfWidth(rows.N, Math.Max(0, rows.SumOfSquares - rows.N * rise * rise));
        return new Estimate(rise, Lower: rise - half, Upper: rise + half, N: rows.N);
    }
}
