using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;

namespace FairMedl.Core.Fits.Engines;

/// <summary>An engine with the device that it uses: what runs the fits of a study.</summary>
public sealed record ComputeTarget(IComputeEngine Engine, ComputeDevice Device)
{
    /// <summary>Origin recorded with every fit of this target.</summary>
    public ComputeOrigin Origin { get; } = new(Engine.Id, Engine.Description, Engine.Version, Device.Id, Device.IsCpu ? null : Device.Name,
        Device.VectorBits);

    /// <summary>Maximum number of fits at once.</summary>
    public int Parallelism => Engine.Parallelism(Device);

    /// <summary>Number of fits that run at once with a number of threads: all of them on a CPU, as many as it allows on a GPU.</summary>
    public int FitsAtOnce(int threads) => Device.IsCpu ? threads : Math.Clamp(Parallelism, 1, Math.Max(1, threads));

    /// <inheritdoc cref="IComputeEngine.Run"/>
    public FitResult Run(StudyData data, FoldRows rows, FitSpecification specification, FitKey key, IProgress<EpochLosses>? progress,
        CancellationToken cancellation) =>
        Engine.Run(Device, data, rows, specification, key, progress, cancellation) with { Origin = Origin };

    /// <inheritdoc cref="IComputeEngine.Restore"/>
    public IPredictor Restore(TrainedModel model) => Engine.Restore(Device, model);
}
