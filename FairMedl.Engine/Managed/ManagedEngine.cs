using System.Reflection;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Engine.SelfTest;
using FairMedl.Engine.Training;
using FairMedl.Torch.Kernels;

namespace FairMedl.Engine.Managed;

/// <summary>The managed engine: FairMedl's own CPU kernels, without a native library. Runs one fit on each core.</summary>
public sealed class ManagedEngine : IComputeEngine
{
    /// <inheritdoc/>
    public string Id => "managed";

    /// <inheritdoc/>
    public string Description => "managed engine";

    /// <inheritdoc/>
    public string Version { get; } = typeof(ManagedEngine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    /// <inheritdoc/>
    public IReadOnlyList<ComputeDevice> Devices { get; } =
        [new(ComputeDevice.Cpu, ProcessorName.Value, VectorBits: VectorPaths.Preferred switch
        {
            VectorPath.Scalar => 32,
            VectorPath.Vector256 => 256,
            VectorPath.Vector512 => 512,
        })];

    /// <inheritdoc/>
    public IReadOnlyList<ComputeProblem> Problems => [];

    /// <inheritdoc/>
    public int Parallelism(ComputeDevice device) => Environment.ProcessorCount;

    /// <inheritdoc/>
    public FitResult Run(ComputeDevice device, StudyData data, FoldRows rows, FitSpecification specification, FitKey key,
        IProgress<EpochLosses>? progress, CancellationToken cancellation) =>
        Fit.Run(data, rows, specification, key, progress, cancellation);

    /// <inheritdoc/>
    public IPredictor Restore(ComputeDevice device, TrainedModel model) => new Predictor(model);

    /// <inheritdoc/>
    public SelfTestResult SelfTest(ComputeDevice device, IProgress<SelfTestProgress>? progress, CancellationToken cancellation) =>
        EngineSelfTest.Run(progress, cancellation);
}
