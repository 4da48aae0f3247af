using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Plan;

/// <summary>
/// Run order of a study's fits: by fold, so that a comparison is complete as early as possible, and within a fold by descending
/// cost. The last folds, as many as keep every thread busy while their costliest fit runs, are treated as one, so that short
/// fits run last. The order depends on the fits only, so that remaining fits are queued in the same order after a restart.
/// </summary>
/// <param name="threads">How many fits run at once.</param>
public sealed class QueueOrder(int threads)
{
    /// <summary>The fits of one study, all or those that are left, from the plan's order.</summary>
    public IReadOnlyList<T> Of<T>(IEnumerable<T> fits, Func<T, FitKey> key, Func<T, int> epochs)
    {
        (T Fit, long Cost)[][] folds = [.. fits.GroupBy(f => (key(f).Seed, key(f).Fold))
            .Select(fold => fold.Select(f => (f, Cost(f))).ToArray())];
        int last = folds.Length;
        long work = 0, longest = 0;
        while (last > 0 && (last == folds.Length || work < threads * longest))
        {
            last--;
            work += folds[last].Sum(f => f.Cost);
            longest = Math.Max(longest, folds[last].Max(f => f.Cost));
        }

        return [.. folds[..last].SelectMany(CostliestFirst), .. CostliestFirst(folds[last..].SelectMany(fold => fold))];

        // A model that this version does not know fails at once.
        long Cost(T fit) => ModelCatalogue.Find(key(fit).Model) is { } kind ? FitCost.Of(kind, epochs(fit)) : 0;

        static IEnumerable<T> CostliestFirst(IEnumerable<(T Fit, long Cost)> fits) =>
            fits.OrderByDescending(f => f.Cost).Select(f => f.Fit);
    }
}
