using System.Runtime.ExceptionServices;

namespace FairMedl.Core.Studies.Plan;

/// <summary>Pieces of long work on threads of their own, of their own priority; the caller's thread waits for them.</summary>
internal static class DedicatedThreads
{
    /// <summary>
    /// Runs the pieces on up to <paramref name="threads"/> threads of low priority and returns their results in
    /// order. Stops at the first failure.
    /// </summary>
    public static T[] Run<T>(int pieces, int threads, Func<int, T> work)
    {
        var answers = new T[pieces];
        Run(pieces, threads, (piece, _) => answers[piece] = work(piece), ThreadPriority.BelowNormal, CancellationToken.None);
        return answers;
    }

    /// <summary>
    /// Runs pieces of work in order, on at most the given number of threads. The first failure cancels the running pieces and
    /// is rethrown when they have stopped.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled, and no piece failed before.</exception>
    public static void Run(int pieces, int threads, Action<int, CancellationToken> work, ThreadPriority priority,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        int next = -1;
        ExceptionDispatchInfo? failure = null;
        void Work()
        {
            for (int piece = Interlocked.Increment(ref next); piece < pieces
                && !stop.IsCancellationRequested; piece = Interlocked.Increment(ref next))
            {
                try
                {
                    work(piece, stop.Token);
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                    stop.Cancel();
                }
            }
        }

        Thread[] own = [.. Enumerable.Range(0, Math.Min(threads, pieces))
            .Select(_ => new Thread(Work) { IsBackground = true, Name = "study", Priority = priority })];
        foreach (Thread thread in own) thread.Start();
        foreach (Thread thread in own) thread.Join();
        failure?.Throw();
        cancellation.ThrowIfCancellationRequested();
    }
}
