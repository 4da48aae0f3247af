extern alias torchsharp;

using System.Diagnostics;
using FairMedl.Core.Fits.Engines;
using torchsharp::FairMedl.Engine.TorchSharp;
using torchsharp::FairMedl.Engine.TorchSharp.Native;
using Loaded = torchsharp::FairMedl.Engine.TorchSharp.Native.LibTorch;

namespace FairMedl.Benchmarks;

/// <summary>libtorch in this process: the TorchSharp engine on it, and the files that a peer needs to load the same libraries.</summary>
internal static class LibTorch
{
    /// <summary>Uses libtorch from a folder; null: from the package for this system.</summary>
    public static void Use(DirectoryInfo? folder) =>
        Loaded.Configure(new LibTorchOptions(folder?.FullName ?? AppContext.GetData("FairMedl.Benchmarks.LibTorch") as string));

    /// <summary>
    /// Folder of libtorch and path of TorchSharp's native library, which is an adapted copy on systems with an older C++ library.
    /// Empty if libtorch is not loaded.
    /// </summary>
    public static string[] PeerArguments => Loaded.State is { Folder: { } folder } && Shim() is { } shim ? [folder, shim] : [];

    /// <summary>The TorchSharp engine on the CPU; null if libtorch cannot be loaded, with the reason.</summary>
    public static ComputeTarget? Engine(out string reason)
    {
        var engine = new TorchSharpEngine();
        reason = engine.Problems.Count > 0 ? engine.Problems[0].ToString() : "";
        return engine.Devices.FirstOrDefault(d => d.IsCpu) is { } cpu ? new ComputeTarget(engine, cpu) : null;
    }

    private static string? Shim()
    {
        using Process self = Process.GetCurrentProcess();
        return self.Modules.Cast<ProcessModule>().Select(m => m.FileName)
            .FirstOrDefault(f => Path.GetFileName(f).Contains("LibTorchSharp", StringComparison.Ordinal));
    }
}
