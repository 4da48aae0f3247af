using System.Diagnostics;

namespace FairMedl.Benchmarks;

/// <summary>
/// Speedup of all threads over one. Short windows of single threads in turn and of all threads together alternate, so that other
/// load on the machine affects both alike. The ratio of a round is that of all threads to one.
/// </summary>
internal sealed record ScalingMeasurement(IReadOnlyList<double> Alone, IReadOnlyList<double> Together)
{
    /// <summary>Work per second of one thread.</summary>
    public double One => new Measurement("", "", Alone).Median;

    /// <summary>Work per second of all threads.</summary>
    public double All => new Measurement("", "", Together).Median;

    /// <summary>The median ratio of the rounds.</summary>
    public Measurement Ratio => new("", "", [.. Alone.Zip(Together, (one, all) => all / one)]);
}

/// <summary>Worker threads that run in rounds.</summary>
internal static class ScalingBenchmark
{
    private const double Window = 0.2;

    /// <summary>Measures rounds for a number of seconds.</summary>
    /// <param name="threads">Number of threads.</param>
    /// <param name="seconds">Total time in seconds.</param>
    /// <param name="work">Creates, on its thread, the repeated action, which returns the amount of work, and an object disposed at the end of the thread.</param>
    public static ScalingMeasurement Run(int threads, double seconds, Func<(Func<double> Once, IDisposable? Held)> work)
    {
        var workers = Enumerable.Range(0, threads).Select(_ => new Worker(work)).ToArray();
        try
        {
            foreach (Worker worker in workers) worker.Ready();
            List<double> alone = [], together = [];
            long end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < end || alone.Count < 3)
            {
                alone.Add(Rate([workers[alone.Count % threads]]));
                together.Add(Rate(workers));
            }

            return new ScalingMeasurement(alone, together);
        }
        finally
        {
            foreach (Worker worker in workers) worker.Dispose();
        }
    }

    private static double Rate(Worker[] workers)
    {
        long end = Stopwatch.GetTimestamp() + (long)(Window * Stopwatch.Frequency);
        foreach (Worker worker in workers) worker.Start(end);
        return workers.Sum(worker => worker.Rate());
    }

    /// <summary>One worker thread.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly SemaphoreSlim start = new(0), done = new(0);
        private readonly Thread thread;
        private long end;
        private double rate;
        private bool over;

        public Worker(Func<(Func<double> Once, IDisposable? Held)> work)
        {
            thread = new Thread(() =>
            {
                (Func<double> once, IDisposable? held) = work();
                using IDisposable? disposed = held;
                done.Release();
                while (true)
                {
                    start.Wait();
                    if (over) return;
                    double amount = 0;
                    long from = Stopwatch.GetTimestamp();
                    while (Stopwatch.GetTimestamp() < end) amount += once();
                    rate = amount / Stopwatch.GetElapsedTime(from).TotalSeconds;
                    done.Release();
                }
            });
            thread.Start();
        }

        public void Ready() => done.Wait();

        public void Start(long until)
        {
            end = until;
            start.Release();
        }

        public double Rate()
        {
            done.Wait();
            return rate;
        }

        public void Dispose()
        {
            over = true;
            start.Release();
            thread.Join();
            start.Dispose();
            done.Dispose();
        }
    }
}
