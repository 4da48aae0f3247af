using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Engine.Models;
using TorchSharp;

namespace FairMedl.Engine.TorchSharp;

/// <summary>Work of the calling thread on a device of TorchSharp.</summary>
internal static class DeviceSession
{
    /// <summary>
    /// Runs the work with the device as the thread's own, on one CPU thread: parallel fits already use every core. Tensors of the work
    /// are freed when its dispose scopes end.
    /// </summary>
    /// <exception cref="FitException">TorchSharp failed, and why.</exception>
    public static T Run<T>(ComputeDevice device, Func<T> work)
    {
        try
        {
            using IDisposable inUse = FitDevice.Use(device.IsCpu ? torch.CPU : Gpu(device));
            if (device.IsCpu) torch.set_num_threads(1);
            return work();
        }
        catch (Exception e) when (EngineFailure.Describe(e, device) is { } reason)
        {
            throw new FitException(reason);
        }
    }

    /// <summary>The GPU. TorchSharp initialises CUDA here, and a failure of that is no exception of native code.</summary>
    private static torch.Device Gpu(ComputeDevice device)
    {
        try
        {
            return torch.device(device.Id);
        }
        catch (InvalidOperationException e)
        {
            throw new FitException($"{device.Id} cannot be used: {e.Message.TrimEnd('.')}. See the Compute page, or use the managed engine.");
        }
    }
}
