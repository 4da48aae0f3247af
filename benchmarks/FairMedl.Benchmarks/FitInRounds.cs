using System.Diagnostics;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;

namespace FairMedl.Benchmarks;

/// <summary>
/// A fit of a compute engine, measured in rounds. Between rounds the fit waits in its progress report, so that other programs can
/// take turns with it on the same processor.
/// </summary>
internal sealed class FitInRounds : IProgress<EpochLosses>, IDisposable
{
    // Short epochs, so that a round has several.
    private const int StepsPerEpoch = 15, MoreEpochsThanAnyoneWaitsFor = 1_000_000;
    private readonly SemaphoreSlim start = new(0), done = new(0);
    private readonly CancellationTokenSource cancellation = new();
    private readonly Thread thread;
    private List<double> times = [];
    private int? processor;
    private long end, last;
    private string? failure;

    /// <summary>Prepares the fit. It starts with the first round.</summary>
    public FitInRounds(ComputeTarget target, StudyData data, StepCase of)
    {
        int[] training = data.SeenRows[..(StepsPerEpoch * of.BatchSize)];
        var rows = new FoldRows(training, [], data.SeenRows[training.Length..]);
        var specification = new FitSpecification(ModelCatalogue.Find(of.Model)!, of.Settings,
            new TrainingSettings { BatchSize = of.BatchSize, Epochs = MoreEpochsThanAnyoneWaitsFor });
        thread = new Thread(() =>
        {
            start.Wait();
            if (cancellation.IsCancellationRequested) return;
            Continue();
            try
            {
                target.Run(data, rows, specification, new FitKey(of.Model, 1, 0), this, cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                // The end of the measurement.
            }
            catch (Exception e)
            {
                failure = e.Message;
                done.Release();
            }
        });
        thread.Start();
    }

    /// <summary>Processor time per step in microseconds, one value per epoch. The first round includes the start of the fit.</summary>
    /// <exception cref="InvalidOperationException">The fit failed.</exception>
    public IReadOnlyList<double> Round(double seconds, int? onProcessor)
    {
        if (failure is null)
        {
            times = [];
            processor = onProcessor;
            end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
            start.Release();
            done.Wait();
        }

        return failure is null ? times : throw new InvalidOperationException(failure);
    }

    /// <inheritdoc/>
    public void Report(EpochLosses value)
    {
        times.Add((ProcessorTime.Nanoseconds() - last) / 1e3 / StepsPerEpoch);
        if (Stopwatch.GetTimestamp() >= end)
        {
            done.Release();
            start.Wait();
            Continue();
        }

        last = ProcessorTime.Nanoseconds();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cancellation.Cancel();
        start.Release();
        thread.Join();
        cancellation.Dispose();
        start.Dispose();
        done.Dispose();
    }

    private void Continue()
    {
        if (processor is { } number) OneProcessor.Bind(number);
        last = ProcessorTime.Nanoseconds();
    }
}
