namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor lives.</summary>
    public sealed class Device
    {
        internal Device(DeviceType type, int index) => (this.type, this.index) = (type, index);

        public DeviceType type { get; }

        /// <summary>The number of the device; -1 is the current one.</summary>
        public int index { get; }

        public override string ToString() => index < 0 ? Name : $"{Name}:{index}";

        /// <exception cref="InvalidOperationException">The device is not the processor.</exception>
        internal void MustBeCpu()
        {
            if (type != DeviceType.CPU)
                throw new InvalidOperationException(
                    $"Device '{this}' is not available: the managed engine computes on the CPU only. Choose cpu, or the TorchSharp engine.");
        }

        private string Name => type == DeviceType.CPU ? "cpu" : "cuda";
    }

    internal static int Bytes(this ScalarType type) => type switch
    {
        ScalarType.Float32 => sizeof(float),
        ScalarType.Int64 => sizeof(long),
        ScalarType.Bool => sizeof(bool),
        _ => throw new NotSupportedException($"Tensors of {type} are not supported: float32, int64 and bool are."),
    };
}
