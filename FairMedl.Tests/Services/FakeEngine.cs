using System.Collections.Concurrent;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Tests.Storage;

namespace FairMedl.Tests.Services;

/// <summary>An engine whose steps take as long as a test says, without training anything.</summary>
internal sealed class FakeEngine(string id, params (ComputeDevice Device, double SecondsPerStep)[] devices) : IComputeEngine
{
    private const int Steps = 10;

    public string Id => id;

    public string Description => $"{id} engine";

    public string Version { get; set; } = "1.0";

    public IReadOnlyList<ComputeProblem> Problems { get; init; } = [];

    public int OnGpu { get; init; } = 1;

    public int OnCpu { get; init; } = 1;

    /// <summary>How many times the devices were looked for, which loads native libraries.</summary>
    public int Searches { get; private set; }

    /// <summary>The devices of the fits that were run.</summary>
    public ConcurrentQueue<string> Runs { get; } = [];

    /// <summary>What a fit does besides; may throw.</summary>
    public Action<ComputeDevice> Act { get; set; } = _ => { };

    public IReadOnlyList<ComputeDevice> Devices
    {
        get
        {
            Searches++;
            return [.. devices.Select(d => d.Device)];
        }
    }

    public int Parallelism(ComputeDevice device) => device.IsCpu ? OnCpu : OnGpu;

    public FitResult Run(ComputeDevice device, StudyData data, FoldRows rows, FitSpecification specification, FitKey key,
        IProgress<EpochLosses>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Runs.Enqueue(device.Id);
        Act(device);
        return FitResults.Full(key) with { Steps = Steps, TrainSeconds = Steps * devices.First(d => d.Device.Id == device.Id).SecondsPerStep };
    }

    public IPredictor Restore(ComputeDevice device, TrainedModel model) => throw new NotSupportedException();

    public SelfTestResult SelfTest(ComputeDevice device, IProgress<SelfTestProgress>? progress, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
