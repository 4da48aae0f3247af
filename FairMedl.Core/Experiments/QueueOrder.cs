using FairMedl.Core.Models;
using FairMedl.Core.Training;

namespace FairMedl.Core.Experiments;

/// <summary>
/// The order in which a study's fits are best run while somebody watches: fold by fold, so that a comparison is complete as
/// early as possible, and within a fold the costliest model first. The last folds, as many as keep every thread busy while
/// their costliest fit runs, count as one, so that what runs at the end is short. It follows from the fits alone, so that
/// those that are left are queued again in the same way.
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
