using FairMedl.Core.Training;

namespace FairMedl.Core.Experiments;

/// <summary>How far a study has come.</summary>
/// <param name="Done">Fits finished.</param>
/// <param name="Total">Fits of the study.</param>
/// <param name="Last">The fit that finished last.</param>
public sealed record StudyProgress(int Done, int Total, FitKey? Last);

/// <summary>Runs every fit of a plan on a number of threads, one fit a thread, long fits first so that no thread idles at the end.</summary>
public static class StudyRunner
{
    /// <summary>The results in the plan's order: the same on any number of threads.</summary>
    /// <exception cref="FitException">A fit failed; names it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<FitResult> Run(StudyPlan plan, int threads, IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        int[] order = [.. Enumerable.Range(0, plan.Fits.Count).OrderByDescending(i => FitCost.Of(plan.Fits[i].Specification))];
        var results = new FitResult[plan.Fits.Count];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Exception? failure = null;
        int next = -1, done = 0;
        object gate = new();

        Thread[] workers = [.. Enumerable.Range(0, Math.Clamp(threads, 1, Math.Max(1, order.Length))).Select(_ => new Thread(Work) { IsBackground = true, Name = "fit" })];
        foreach (Thread worker in workers) worker.Start();
        foreach (Thread worker in workers) worker.Join();
        if (failure is not null) throw failure;
        cancellation.ThrowIfCancellationRequested();
        return results;

        void Work()
        {
            while (!stop.IsCancellationRequested)
            {
                int position = Interlocked.Increment(ref next);
                if (position >= order.Length) return;
                PlannedFit fit = plan.Fits[order[position]];
                try
                {
                    results[order[position]] = plan.Run(fit, null, stop.Token);
                    lock (gate) progress?.Report(new StudyProgress(++done, order.Length, fit.Key));
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception e)
                {
                    lock (gate) failure ??= e is FitException ? new FitException($"{fit.Key}: {e.Message}") : new InvalidOperationException($"The fit {fit.Key} failed.", e);
                    stop.Cancel();
                    return;
                }
            }
        }
    }
}
