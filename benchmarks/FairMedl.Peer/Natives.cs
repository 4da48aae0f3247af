using System.Runtime.InteropServices;

namespace FairMedl.Peer;

/// <summary>Loads libtorch and TorchSharp's native library by absolute path, dependencies first.</summary>
internal static class Natives
{
    /// <summary>Loads the libraries.</summary>
    /// <param name="folder">Folder with libtorch; null: the package that was restored with this program.</param>
    /// <param name="shim">TorchSharp's native library; null: that of its package.</param>
    public static void Load(string? folder, string? shim)
    {
        folder ??= Configured("FairMedl.Peer.LibTorch");
        foreach (string name in (ReadOnlySpan<string>)["c10", "torch_cpu", "torch"])
            NativeLibrary.Load(Path.Combine(folder, FileName(name)));
        NativeLibrary.Load(shim ?? Path.Combine(Configured("FairMedl.Peer.Shim"), FileName("LibTorchSharp")));
    }

    private static string Configured(string name) =>
        AppContext.GetData(name) as string ?? throw new PlatformNotSupportedException("There is no libtorch package for this system.");

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
}
