using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Studies.Plan;

/// <summary>How far a study has come.</summary>
/// <param name="Done">Fits finished.</param>
/// <param name="Total">Fits of the study.</param>
/// <param name="Last">The fit that finished last.</param>
public sealed record StudyProgress(int Done, int Total, FitKey? Last);

/// <summary>
/// Runs every fit of a plan on a number of threads, one fit at a time on each, and gathers each fit when it finishes. The folds of
/// one seed of one model run one after the other. The thread that finishes the last of them pools them and releases their
/// predictions, so that the predictions in memory grow with the threads and not with the fits.
/// </summary>
public static class StudyRunner
{
    /// <summary>The study's numbers: the same on any number of threads.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="compute">The engine and device of its fits.</param>
    /// <param name="threads">Number of fits that run at once; a GPU runs fewer where its engine says so.</param>
    /// <param name="progress">Called after every fit, by one thread at a time.</param>
    /// <param name="cancellation">Cancels the run between two steps of a fit.</param>
    /// <param name="sink">Takes the fits' predictions and trained models; null to discard them.</param>
    /// <exception cref="FitException">A fit failed; names it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static StudyResults Run(StudyPlan plan, ComputeTarget compute, int threads, IProgress<StudyProgress>? progress,
        CancellationToken cancellation, IFitSink? sink = null)
    {
        var gathering = new StudyGathering(plan, [.. plan.Fits.Select(f => f.Key)], withScores: false);
        int done = 0;
        Lock gate = new();
        ByRepetition(plan.Fits, compute.FitsAtOnce(threads), RunOne, gathering.Pool, cancellation);
        return gathering.Study().Results;

        GatheredFit RunOne(PlannedFit fit, CancellationToken stop)
        {
            FitResult result = Fit(fit, stop);
            Keep(result);
            GatheredFit gathered = gathering.Of(result);
            lock (gate) progress?.Report(new StudyProgress(++done, plan.Fits.Count, fit.Key));
            return gathered;
        }

        FitResult Fit(PlannedFit fit, CancellationToken stop)
        {
            try
            {
                return plan.Run(compute, fit, null, stop);
            }
            catch (FitException e)
            {
                throw new FitException($"{fit.Key}: {e.Message}");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new InvalidOperationException($"The fit {fit.Key} failed.", e);
            }
        }

        void Keep(FitResult result)
        {
            try
            {
                sink?.Keep(result);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new InvalidOperationException($"The fit {result.Key} finished, but its results could not be written.", e);
            }
        }
    }

    /// <summary>
    /// Runs fits by seed of a model, the costliest model first so that no thread idles at the end. Of no more
    /// seeds of a model than there are threads is anything held at once: a thread begins with another only where
    /// all fits of those before it have begun.
    /// </summary>
    /// <param name="fits">The fits, in the plan's order.</param>
    /// <param name="threads">How many run at once.</param>
    /// <param name="run">Runs one.</param>
    /// <param name="pool">What came of all fits of one seed of one model, in the plan's order; called by the thread that ran the
    /// last of them.</param>
    /// <param name="cancellation">Is handed to <paramref name="run"/>.</param>
    internal static void ByRepetition<T>(IReadOnlyList<PlannedFit> fits, int threads, Func<PlannedFit, CancellationToken, T> run,
        Action<IReadOnlyList<T>> pool, CancellationToken cancellation)
    {
        Seed<T>[] seeds = [.. fits.GroupBy(f => (f.Key.Model, f.Key.Seed)).Select(g => new Seed<T>([.. g]))
            .OrderByDescending(s => FitCost.Of(s.Fits[0].Specification.Kind, s.Fits[0].Epochs))];
        (Seed<T> Seed, int Fold)[] order = [.. seeds.SelectMany(s => Enumerable.Range(0, s.Fits.Length).Select(fold => (s, fold)))];
        DedicatedThreads.Run(order.Length, threads, Work, ThreadPriority.Normal, cancellation);

        void Work(int piece, CancellationToken stop)
        {
            (Seed<T> seed, int fold) = order[piece];
            if (seed.Add(fold, run(seed.Fits[fold], stop)) is { } whole) pool(whole);
        }
    }

    /// <summary>The fits of one seed of one model, and what came of them until all are there.</summary>
    private sealed class Seed<T>(PlannedFit[] fits)
    {
        private T[]? results = new T[fits.Length];
        private int missing = fits.Length;

        public PlannedFit[] Fits => fits;

        /// <summary>Adds a result. Returns all results, which are then released, once the last one is added; null before.</summary>
        public T[]? Add(int fold, T result)
        {
            results![fold] = result;
            return Interlocked.Decrement(ref missing) == 0 ? Interlocked.Exchange(ref results, null) : null;
        }
    }
}
