using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits.SelfTests;

namespace FairMedl.Core.Fits.Engines;

/// <summary>
/// A compute engine: trains networks and predicts with trained ones. Fits cross this interface as plain data, never as tensors.
/// </summary>
public interface IComputeEngine
{
    /// <summary>Its name in settings, on the command line and in results, such as "managed".</summary>
    string Id { get; }

    /// <summary>Its name within a sentence, such as "managed engine".</summary>
    string Description { get; }

    /// <summary>The engine's version, with that of its native library once that is loaded.</summary>
    string Version { get; }

    /// <summary>The devices that it can use on this machine; empty where it cannot run. The first call loads native libraries.</summary>
    IReadOnlyList<ComputeDevice> Devices { get; }

    /// <summary>
    /// What keeps the engine from running here, or from using a device; empty where nothing does. The first call loads native libraries.
    /// </summary>
    IReadOnlyList<ComputeProblem> Problems { get; }

    /// <summary>Maximum number of fits at once on a device.</summary>
    int Parallelism(ComputeDevice device);

    /// <summary>
    /// Runs one fit on the calling thread. On a CPU it is a pure function of (data, rows, specification, key) for one engine, version and
    /// vector width. On a CUDA device its random numbers and the order of rows are the same in each run, but sums on the GPU may differ in
    /// their last bits, and repeated runs have not been compared on a GPU.
    /// </summary>
    /// <exception cref="FitException">The fit cannot be finished, and why.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    FitResult Run(ComputeDevice device, StudyData data, FoldRows rows, FitSpecification specification, FitKey key,
        IProgress<EpochLosses>? progress, CancellationToken cancellation);

    /// <summary>Restores a predictor from a trained model, regardless of the engine that trained it.</summary>
    /// <exception cref="ArgumentException">The model's parameters do not fit its specification.</exception>
    IPredictor Restore(ComputeDevice device, TrainedModel model);

    /// <summary>
    /// Tests the engine on a device, on the calling thread: replays the reference fixtures and times a training step of each model.
    /// A part that fails is part of the result, with its reason. Takes some seconds.
    /// </summary>
    /// <exception cref="OperationCanceledException">The test was cancelled.</exception>
    SelfTestResult SelfTest(ComputeDevice device, IProgress<SelfTestProgress>? progress, CancellationToken cancellation);
}

/// <summary>A device of a compute engine.</summary>
/// <param name="Id">"cpu" or "cuda:N".</param>
/// <param name="Name">The processor's or the GPU's name; null where it is unknown.</param>
/// <param name="VectorBits">Width of the vectors that the engine's own kernels use, in bits; null where the library decides.</param>
/// <param name="MemoryBytes">The GPU's memory; null for a CPU.</param>
public sealed record ComputeDevice(string Id, string? Name = null, int? VectorBits = null, long? MemoryBytes = null)
{
    /// <summary>The identifier of the CPU.</summary>
    public const string Cpu = "cpu";

    /// <summary>Whether it is the CPU.</summary>
    public bool IsCpu => Id == Cpu;

    /// <summary>The device in words, such as "cuda:0 (NVIDIA H100, 79.2 GB)" or "cpu (512-bit vectors)".</summary>
    public string Description
    {
        get
        {
            string[] parts =
            [
                .. Name is null ? [] : new[] { Name },
                .. MemoryBytes is { } bytes ? new[] { FormattableString.Invariant($"{bytes / (double)(1L << 30):F1} GB") } : [],
                .. VectorBits is { } bits ? new[] { FormattableString.Invariant($"{bits}-bit vectors") } : [],
            ];
            return parts.Length == 0 ? Id : $"{Id} ({string.Join(", ", parts)})";
        }
    }
}
