using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>The device of the calling thread's fit. A fit runs on one thread, so that several devices can be used at once.</summary>
internal static class FitDevice
{
    [ThreadStatic]
    private static Device? current;

    /// <summary>The device; the CPU unless another was set.</summary>
    public static Device Current
    {
        get => current ?? CPU;
        set => current = value;
    }

    /// <summary>The tensor on the current device.</summary>
    public static Tensor OnDevice(this Tensor values) => values.to(Current);

    /// <summary>Returns the values of a tensor on any device, in row-major order.</summary>
    public static float[] Values(this Tensor tensor) => tensor.to(CPU).data<float>().ToArray();
}
