using System.Runtime.InteropServices;
using FairMedl.Engine.TorchSharp.Native;

namespace FairMedl.Tests;

/// <summary>libtorch of the package that the build downloaded for this system.</summary>
internal static class TestLibTorch
{
    /// <summary>Why these tests cannot run here; null if they can.</summary>
    public static string? Missing { get; } = Load();

    private static string? Load()
    {
        if (AppContext.GetData("FairMedl.Tests.TorchSharp.LibTorch") is not string folder)
            return $"libtorch has no CPU package for {RuntimeInformation.RuntimeIdentifier}";
        LibTorch.Configure(new LibTorchOptions(folder, CacheFolder: Path.Combine(AppContext.BaseDirectory, "shim")));

        // A package that is there but does not load is a failure of the tests, not a reason to skip them.
        return LibTorch.State.IsLoaded ? null : throw new InvalidOperationException(string.Join(' ', LibTorch.State.Problems));
    }
}
