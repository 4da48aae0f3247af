namespace FairMedl.Tests.Native;

/// <summary>TorchSharp's own library for linux-x64, which its package brings on every system.</summary>
internal static class PackagedShim
{
    public static string Path { get; } =
        System.IO.Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
}
