using System.Runtime.InteropServices;
using System.Text;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>What the NVIDIA driver of this machine reports.</summary>
/// <param name="Version">Newest version of CUDA that it supports, as CUDA writes it: 12080 is 12.8.</param>
/// <param name="Error">CUDA's error code at its initialisation; 0 for none, 100 for no device.</param>
/// <param name="Gpus">The GPUs in CUDA's order.</param>
internal sealed record CudaDriver(int Version, int Error, IReadOnlyList<CudaGpu> Gpus)
{
    /// <summary>Asks the driver; null where none is installed.</summary>
    public static CudaDriver? Find() =>
        NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out nint driver) ? CudaCalls.Ask(driver) : null;

    /// <summary>A version in words: "12.8" of 12080.</summary>
    public static string Words(int version) => FormattableString.Invariant($"{version / 1000}.{version % 1000 / 10}");
}

/// <summary>A GPU as its driver reports it.</summary>
/// <param name="Name">Its name, such as "NVIDIA H100 80GB HBM3".</param>
/// <param name="MemoryBytes">Its memory.</param>
internal sealed record CudaGpu(string? Name, long? MemoryBytes);

/// <summary>The few calls of CUDA's driver and runtime that describe GPUs.</summary>
internal static unsafe class CudaCalls
{
    private const int NameBytes = 256;

    /// <summary>The driver's version and GPUs; a call that the driver lacks counts as failed.</summary>
    public static CudaDriver Ask(nint driver)
    {
        int version = 0, count = 0;
        if (Find(driver, "cuDriverGetVersion") is var getVersion and not 0) _ = ((delegate* unmanaged<int*, int>)getVersion)(&version);
        int error = Find(driver, "cuInit") is var initialise and not 0 ? ((delegate* unmanaged<uint, int>)initialise)(0) : -1;
        if (error == 0 && Find(driver, "cuDeviceGetCount") is var getCount and not 0)
            _ = ((delegate* unmanaged<int*, int>)getCount)(&count);
        return new CudaDriver(version, error, [.. Enumerable.Range(0, count).Select(i => Gpu(driver, i))]);
    }

    /// <summary>Version of a loaded CUDA runtime, as CUDA writes it; null where it does not say.</summary>
    public static int? RuntimeVersion(nint runtime)
    {
        int version = 0;
        return Find(runtime, "cudaRuntimeGetVersion") is var call and not 0 && ((delegate* unmanaged<int*, int>)call)(&version) == 0
            ? version
            : null;
    }

    private static CudaGpu Gpu(nint driver, int index)
    {
        int device = 0;
        if (Find(driver, "cuDeviceGet") is not (var get and not 0) || ((delegate* unmanaged<int*, int, int>)get)(&device, index) != 0)
            return new CudaGpu(null, null);

        byte* text = stackalloc byte[NameBytes];
        string? name = Find(driver, "cuDeviceGetName") is var getName and not 0
            && ((delegate* unmanaged<byte*, int, int, int>)getName)(text, NameBytes, device) == 0
                ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text))
                : null;
        nuint bytes = 0;
        long? memory = Find(driver, "cuDeviceTotalMem_v2") is var getMemory and not 0
            && ((delegate* unmanaged<nuint*, int, int>)getMemory)(&bytes, device) == 0
                ? (long)bytes
                : null;
        return new CudaGpu(name, memory);
    }

    private static nint Find(nint library, string name) => NativeLibrary.TryGetExport(library, name, out nint function) ? function : 0;
}
