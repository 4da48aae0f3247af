using FairMedl.Core.Data;
using FairMedl.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Core.Models;

/// <summary>Where the fits of this process are computed; chosen once at the start and shown beside every run.</summary>
public static class ComputeDevice
{
    /// <summary>The device; the processor unless another was chosen.</summary>
    public static Device Current { get; private set; } = CPU;

    /// <summary>For a person, such as "cpu (managed engine, 256-bit vectors)".</summary>
    public static string Description =>
        Current.type == DeviceType.CPU ? $"cpu ({Backend.Description})" : $"{Current} ({Backend.Description})";

    /// <summary>The tensor on the current device.</summary>
    public static Tensor OnDevice(this Tensor values) => values.to(Current);

    /// <summary>Returns the values of a tensor on any device, in row-major order.</summary>
    public static float[] Values(this Tensor tensor) => tensor.to(CPU).data<float>().ToArray();

    /// <summary>Maximum number of parallel fits: one on a GPU, one for each core on a CPU.</summary>
    public static int Parallelism => Current.type == DeviceType.CPU ? Environment.ProcessorCount : 1;

    /// <summary>Chooses "auto" (a GPU where there is one), "cpu" or "cuda:N".</summary>
    /// <exception cref="InputException">There is no such device.</exception>
    public static void Choose(string setting)
    {
        bool gpu = cuda.is_available();
        Current = setting switch
        {
            "auto" => gpu ? CUDA : CPU,
            "cpu" => CPU,
            _ when setting == "cuda" || setting.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(setting[5..], out _) =>
                gpu ? device(setting)
                    : throw new InputException(new InputFault($"Device '{setting}' is not available.",
                    "Choose 'auto' or 'cpu', or build with TorchBackend=cuda-linux or cuda-windows on a machine with a GPU.",
                    Path: "Compute:Device")),
            _ => throw new InputException(new InputFault($"'{setting}' is not a device.", "Choose 'auto', 'cpu' or 'cuda:N'.",
                Path: "Compute:Device")),
        };
    }
}
