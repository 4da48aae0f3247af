using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Engine.SelfTest;
using FairMedl.Engine.Training;
using static TorchSharp.torch;

namespace FairMedl.Engine.TorchSharp;

/// <summary>The TorchSharp engine: libtorch on a CPU or a CUDA GPU. Without libtorch it has no devices.</summary>
public sealed class TorchSharpEngine : IComputeEngine
{
    private readonly Lazy<IReadOnlyList<ComputeDevice>> devices = new(FindDevices);

    /// <inheritdoc/>
    public string Id => "torchsharp";

    /// <inheritdoc/>
    public string Description => "TorchSharp";

    /// <inheritdoc/>
    public string Version { get; } = typeof(Tensor).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc/>
    public IReadOnlyList<ComputeDevice> Devices => devices.Value;

    /// <inheritdoc/>
    public int Parallelism(ComputeDevice device) => device.IsCpu ? Environment.ProcessorCount : 1;

    /// <inheritdoc/>
    public FitResult Run(ComputeDevice device, StudyData data, FoldRows rows, FitSpecification specification, FitKey key,
        IProgress<EpochLosses>? progress, CancellationToken cancellation) =>
        Fit.Run(data, rows, specification, key, progress, cancellation);

    /// <inheritdoc/>
    public IPredictor Restore(ComputeDevice device, TrainedModel model) => new Predictor(model);

    /// <inheritdoc/>
    public SelfTestResult SelfTest(ComputeDevice device, IProgress<SelfTestProgress>? progress, CancellationToken cancellation) =>
        EngineSelfTest.Run(progress, cancellation);

    private static IReadOnlyList<ComputeDevice> FindDevices()
    {
        try
        {
            return [new ComputeDevice(ComputeDevice.Cpu),
                .. Enumerable.Range(0, cuda.is_available() ? cuda.device_count() : 0).Select(i => new ComputeDevice($"cuda:{i}"))];
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or NotSupportedException or BadImageFormatException)
        {
            return [];
        }
    }
}
