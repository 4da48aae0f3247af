using System.Runtime.InteropServices;
using FairMedl.Core.Fits.Engines;
using static TorchSharp.torch;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>The devices that a loaded libtorch can use.</summary>
internal static class TorchDevices
{
    /// <summary>Finds the CPU and the GPUs, and says why a GPU cannot be used.</summary>
    /// <param name="folder">The folder with libtorch.</param>
    /// <param name="hasCuda">Whether libtorch is built for CUDA.</param>
    public static (IReadOnlyList<ComputeDevice> Devices, IReadOnlyList<ComputeProblem> Problems) Find(string folder, bool hasCuda)
    {
        var cpu = new ComputeDevice(ComputeDevice.Cpu, ProcessorName.Value);
        CudaDriver? driver = CudaDriver.Find();
        if (!hasCuda || !cuda.is_available())
            return ([cpu], ProblemOf(hasCuda, driver, hasCuda ? RuntimeVersion(folder) : null) is { } problem ? [problem] : []);

        // The driver's order is that of CUDA's runtime, which libtorch uses.
        ComputeDevice[] gpus =
        [
            .. Enumerable.Range(0, cuda.device_count()).Select(i => (Index: i, Gpu: driver?.Gpus.ElementAtOrDefault(i)))
                .Select(g => new ComputeDevice($"cuda:{g.Index}", g.Gpu?.Name, MemoryBytes: g.Gpu?.MemoryBytes)),
        ];
        return ([cpu, .. gpus], []);
    }

    /// <summary>Why no GPU can be used; null where the machine has none and libtorch does not expect one.</summary>
    public static ComputeProblem? ProblemOf(bool hasCuda, CudaDriver? driver, int? runtime)
    {
        if (!hasCuda) return driver is { Gpus: [{ } gpu, ..] } ? NativeProblems.CpuBuild(gpu.Name ?? "NVIDIA") : null;
        if (driver is null) return NativeProblems.NoDriver();
        // A driver runs every CUDA of its own major version.
        if (runtime is { } needed && needed / 1000 > driver.Version / 1000)
            return NativeProblems.DriverTooOld(CudaDriver.Words(driver.Version), CudaDriver.Words(needed));
        return NativeProblems.NoGpu(driver.Error == 0 && driver.Gpus.Count == 0 || driver.Error == 100
            ? "the driver reports none."
            : FormattableString.Invariant($"CUDA's initialisation returned error {driver.Error}."));
    }

    /// <summary>Version of the CUDA runtime that libtorch brought or loaded; null where it is not found.</summary>
    private static int? RuntimeVersion(string folder)
    {
        string[] loaded = OperatingSystem.IsWindows()
            ? ["cudart64_13.dll", "cudart64_12.dll", "cudart64_110.dll"]
            : ["libcudart.so.13", "libcudart.so.12", "libcudart.so.11.0"];
        string pattern = OperatingSystem.IsWindows() ? "cudart64_*.dll" : "libcudart*.so*";
        foreach (string file in Directory.EnumerateFiles(folder, pattern).Concat(loaded))
        {
            if (NativeLibrary.TryLoad(file, out nint runtime) && CudaCalls.RuntimeVersion(runtime) is { } version) return version;
        }

        return null;
    }
}
