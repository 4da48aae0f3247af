using System.Diagnostics;
using FairMedl.Core.Data;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Core.Numerics;

namespace FairMedl.Engine.SelfTest;

/// <summary>Times training steps on the calling thread's device.</summary>
internal static class StepTimer
{
    private const int LeastGroups = 7;

    // A step takes from 15 us to some milliseconds: groups of steps make reading the clock and waiting for the device negligible.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.25), Group = TimeSpan.FromMilliseconds(10),
        Measured = TimeSpan.FromSeconds(0.25);

    /// <summary>Median time of a step over groups of steps, by the clock.</summary>
    public static StepTiming Measure(StudyData data, StepCase of, CancellationToken cancellation)
    {
        using var training = new TrainingStep(data, of);
        int steps = Math.Max(1, (int)(Group / Repeat(training, WarmUp, cancellation)));
        var times = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (times.Count < LeastGroups || Stopwatch.GetElapsedTime(start) < Measured)
            times.Add(Run(training, steps, cancellation).TotalMicroseconds / steps);
        return double.IsFinite(training.Losses().Total)
            ? new StepTiming(of, Median.Of([.. times]))
            : new StepTiming(of, null, "The loss is not finite.");
    }

    /// <summary>Runs steps for the given time and returns the time of one.</summary>
    private static TimeSpan Repeat(TrainingStep training, TimeSpan atLeast, CancellationToken cancellation)
    {
        const int AtOnce = 5;
        TimeSpan last;
        long start = Stopwatch.GetTimestamp();
        do last = Run(training, AtOnce, cancellation);
        while (Stopwatch.GetElapsedTime(start) < atLeast);
        return last / AtOnce;
    }

    private static TimeSpan Run(TrainingStep training, int steps, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            training.Take();
        }

        training.Losses();
        return Stopwatch.GetElapsedTime(start);
    }
}
