using System.Runtime.ExceptionServices;

namespace FairMedl.Core.Experiments;

/// <summary>Pieces of long work on threads of their own, below those of pages: the pool's stay free.</summary>
internal static class OwnThreads
{
    /// <summary>The answers in the pieces' order, on up to so many threads; the first failure ends it.</summary>
    public static T[] Run<T>(int pieces, int threads, Func<int, T> work)
    {
        var answers = new T[pieces];
        int next = -1;
        ExceptionDispatchInfo? failure = null;
        void Work()
        {
            for (int piece = Interlocked.Increment(ref next); piece < pieces && failure is null; piece = Interlocked.Increment(ref next))
            {
                try
                {
                    answers[piece] = work(piece);
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                }
            }
        }

        // The caller's thread works too.
        Thread[] others = [.. Enumerable.Range(1, Math.Max(0, Math.Min(threads, pieces) - 1)).Select(_ => new Thread(Work) { IsBackground = true, Name = "gather", Priority = ThreadPriority.BelowNormal })];
        foreach (Thread thread in others) thread.Start();
        Work();
        foreach (Thread thread in others) thread.Join();
        failure?.Throw();
        return answers;
    }
}
