using FairMedl.Torch.Engine;

namespace TorchSharp;

/// <summary>
/// TorchSharp's entry point, as far as FairMedl uses it, computed by FairMedl's own kernels on the processor. Names,
/// argument orders and results are TorchSharp's. Float32 computes; int64 and bool hold labels, indices and conditions.
/// </summary>
public static partial class torch
{
    public const ScalarType float32 = ScalarType.Float32, int64 = ScalarType.Int64, @bool = ScalarType.Bool;

    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        Bool = 11,
    }

    public static Device CPU { get; } = new(DeviceType.CPU, -1);

    public static Device CUDA { get; } = new(DeviceType.CUDA, -1);

    /// <summary>The device of this name: cpu, cuda or cuda:N. This backend computes on the processor alone.</summary>
    /// <exception cref="ArgumentException">There is no such kind of device.</exception>
    public static Device device(string description)
    {
        string[] parts = description.Split(':');
        DeviceType type = parts[0] switch
        {
            "cpu" => DeviceType.CPU,
            "cuda" => DeviceType.CUDA,
            _ => throw new ArgumentException($"There is no device '{description}': cpu, cuda and cuda:N are known.", nameof(description)),
        };
        int index = -1;
        if (parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], out index)))
            throw new ArgumentException($"There is no device '{description}': cpu, cuda and cuda:N are known.", nameof(description));
        return new Device(type, index);
    }

    /// <summary>Opens a scope at whose end everything made in it is released.</summary>
    public static DisposeScope NewDisposeScope() => new(Workspace.Current);

    /// <summary>Until the result is disposed, operations on this thread are not recorded for backward.</summary>
    public static IDisposable no_grad() => new GradientMode(false);

    /// <summary>Until the result is disposed, operations on this thread are recorded for backward.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    public static class cuda
    {
        /// <summary>False: the managed backend has no GPU.</summary>
        public static bool is_available() => false;
    }

    private sealed class GradientMode : IDisposable
    {
        private readonly Workspace workspace = Workspace.Current;
        private readonly bool before;

        public GradientMode(bool records) => (before, workspace.Records) = (workspace.Records, records);

        public void Dispose() => workspace.Records = before;
    }
}

public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}
