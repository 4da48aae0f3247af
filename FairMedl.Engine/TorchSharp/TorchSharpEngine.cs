using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Engine.SelfTest;
using FairMedl.Engine.TorchSharp.Native;
using FairMedl.Engine.Training;

namespace FairMedl.Engine.TorchSharp;

/// <summary>The TorchSharp engine: libtorch on a CPU or a CUDA GPU. Without libtorch it has no devices.</summary>
public sealed class TorchSharpEngine : IComputeEngine
{
    /// <inheritdoc/>
    public string Id => "torchsharp";

    /// <inheritdoc/>
    public string Description => "TorchSharp";

    /// <inheritdoc/>
    public string Version => LibTorch.Version;

    /// <inheritdoc/>
    public IReadOnlyList<ComputeDevice> Devices => LibTorch.State.Devices;

    /// <inheritdoc/>
    public IReadOnlyList<ComputeProblem> Problems => LibTorch.State.Problems;

    /// <inheritdoc/>
    public int Parallelism(ComputeDevice device) => device.IsCpu ? Environment.ProcessorCount : 1;

    /// <inheritdoc/>
    public FitResult Run(ComputeDevice device, StudyData data, FoldRows rows, FitSpecification specification, FitKey key,
        IProgress<EpochLosses>? progress, CancellationToken cancellation) =>
        DeviceSession.Run(device, () => Fit.Run(data, rows, specification, key, progress, cancellation));

    /// <inheritdoc/>
    public IPredictor Restore(ComputeDevice device, TrainedModel model) =>
        DeviceSession.Run(device, () => new DevicePredictor(device, new Predictor(model)));

    /// <inheritdoc/>
    public SelfTestResult SelfTest(ComputeDevice device, IProgress<SelfTestProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return DeviceSession.Run(device, () => EngineSelfTest.Run(progress, cancellation, e => EngineFailure.Describe(e, device)));
        }
        catch (FitException e)
        {
            return SelfTestResult.Failed(e.Message);
        }
    }
}
