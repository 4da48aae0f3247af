using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>The device of the calling thread's fit. A fit runs on one thread, so that several devices can be used at once.</summary>
internal static class FitDevice
{
    [ThreadStatic]
    private static Device? current;

    /// <summary>The device; the CPU unless another is in use.</summary>
    public static Device Current => current ?? CPU;

    /// <summary>Computes on the device until the result is disposed; then the device before is in use again.</summary>
    public static IDisposable Use(Device device)
    {
        var before = new Before(current);
        current = device;
        return before;
    }

    /// <summary>The tensor on the current device.</summary>
    public static Tensor OnDevice(this Tensor values) => values.to(Current);

    /// <summary>Returns the values of a tensor on any device, in row-major order.</summary>
    public static float[] Values(this Tensor tensor) => tensor.to(CPU).data<float>().ToArray();

    private sealed class Before(Device? device) : IDisposable
    {
        public void Dispose() => current = device;
    }
}
