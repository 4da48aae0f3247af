using System.Diagnostics;
using FairMedl.Core.Data;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Engine.SelfTest;
using FairMedl.Torch.Engine;

namespace FairMedl.Benchmarks;

/// <summary>Cost of one training step.</summary>
/// <param name="Case">Model and size.</param>
/// <param name="Rounds">Processor time per step in microseconds, by round; short steps are timed in groups.</param>
/// <param name="Bytes">Managed memory allocated per step, in bytes.</param>
/// <param name="MultiplyAdds">Multiply-adds of the matrix products of a step.</param>
/// <param name="Split">Microseconds by operation; the rest is listed as "tape, objects, model code, loader, noise".</param>
internal sealed record StepMeasurement(StepCase Case, IReadOnlyList<Measurement> Rounds, double Bytes, double MultiplyAdds, IReadOnlyList<OperationTime> Split)
{
    /// <summary>The times of all rounds.</summary>
    public Measurement Microseconds { get; } = new(Case.Model, "us", [.. Rounds.SelectMany(r => r.Values)]);

    /// <summary>Ratio of the peer's time to ours by round, because a slow phase of the machine affects both.</summary>
    public Measurement Ratio(IReadOnlyList<Measurement> peer) => new(Case.Model, "", [.. Rounds.Zip(peer, (ours, theirs) => theirs.Median / ours.Median)]);
}

/// <summary>Time of one operation in a step.</summary>
internal sealed record OperationTime(string Operation, double Microseconds, double Calls);

/// <summary>Measures training steps of a model on the calling thread.</summary>
internal static class StepBenchmark
{
    private const string Rest = "tape, objects, model code, loader, noise";

    // Reading the clock takes a third of a microsecond: time enough steps at once to make that negligible.
    private const double ReadingMicroseconds = 300;

    /// <summary>Measures in rounds that alternate with the peer's on the same processor, so that disturbances affect both.</summary>
    public static StepMeasurement Run(StudyData data, StepCase of, double seconds, int rounds, Action<int?> turn)
    {
        using var training = new TrainingStep(data, of);
        Repeat(training, seconds / 2, 1);
        long start = ProcessorTime.Nanoseconds();
        for (int i = 0; i < 20; i++) training.Take();
        int chunk = Math.Max(1, (int)(ReadingMicroseconds / ((ProcessorTime.Nanoseconds() - start) / 20e3)));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) training.Take();
        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 100.0;
        var measured = new List<Measurement>();
        for (int round = 0; round < rounds; round++)
        {
            using var processor = new OneProcessor(round);
            measured.Add(new Measurement(of.Model, "us", Repeat(training, seconds / rounds, chunk)));
            turn(processor.Number);
        }

        (double multiplyAdds, List<OperationTime> split) = Split(training, seconds / 2);
        return new StepMeasurement(of, measured, bytes, multiplyAdds, split);
    }

    private static List<double> Repeat(TrainingStep training, double seconds, int chunk)
    {
        var times = new List<double>();
        long end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency), last = ProcessorTime.Nanoseconds();
        while (Stopwatch.GetTimestamp() < end || times.Count < 20)
        {
            for (int i = 0; i < chunk; i++) training.Take();
            long now = ProcessorTime.Nanoseconds();
            times.Add((now - last) / 1e3 / chunk);
            last = now;
        }

        return times;
    }

    /// <summary>Measures the same steps with timed kernels: the minimum of several rounds, because wall-clock time includes other processes.</summary>
    private static (double MultiplyAdds, List<OperationTime> Split) Split(TrainingStep training, double seconds)
    {
        const int Steps = 50;
        Workspace workspace = Workspace.Current;
        var timed = new TimedKernel(workspace.Kernel);
        (FairMedl.Torch.Kernels.Kernel plain, workspace.Kernel) = (workspace.Kernel, timed);
        double least = double.MaxValue, multiplyAdds = 0;
        List<OperationTime> split = [];
        try
        {
            long end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
            do
            {
                timed.Clear();
                long start = Stopwatch.GetTimestamp();
                for (int i = 0; i < Steps; i++) training.Take();
                double total = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (total >= least) continue;
                least = total;
                multiplyAdds = timed.MultiplyAdds / Steps;
                split = [.. timed.Times.Select(t => new OperationTime(t.Key, t.Value.Seconds / Steps * 1e6, t.Value.Calls / (double)Steps)).OrderByDescending(t => t.Microseconds)];
                split.Add(new OperationTime(Rest, Math.Max(0, total - timed.Overhead - timed.Times.Values.Sum(t => t.Seconds)) / Steps * 1e6, 1));
            }
            while (Stopwatch.GetTimestamp() < end);
        }
        finally
        {
            workspace.Kernel = plain;
        }

        return (multiplyAdds, split);
    }
}
