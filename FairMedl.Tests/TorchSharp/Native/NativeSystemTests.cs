using FairMedl.Engine.TorchSharp.Native;
using Xunit;
using ProcessorArchitecture = System.Runtime.InteropServices.Architecture;

namespace FairMedl.Tests.Native;

/// <summary>Which systems have native libraries, and what their files are called.</summary>
public class NativeSystemTests
{
    [Xunit.Theory]
    [InlineData("linux", ProcessorArchitecture.X64, "linux-x64", "libtorch_cpu.so")]
    [InlineData("linux", ProcessorArchitecture.X64, "debian.12-x64", "libtorch_cpu.so")]
    [InlineData("win", ProcessorArchitecture.X64, "win-x64", "torch_cpu.dll")]
    [InlineData("win", ProcessorArchitecture.Arm64, "win-arm64", "torch_cpu.dll")]
    [InlineData("osx", ProcessorArchitecture.Arm64, "osx-arm64", "libtorch_cpu.dylib")]
    [InlineData("osx", ProcessorArchitecture.X64, "osx-x64", null)]
    [InlineData("linux", ProcessorArchitecture.Arm64, "linux-arm64", null)]
    [InlineData("linux", ProcessorArchitecture.X64, "linux-musl-x64", null)]
    [InlineData("linux", ProcessorArchitecture.X64, "alpine.3.22-x64", null)]
    public void Find_System_NamesItsFiles(string platform, ProcessorArchitecture architecture, string runtimeIdentifier, string? file) =>
        Assert.Equal(file, NativeSystem.Find(NativeSystem.IdOf(platform, architecture, runtimeIdentifier))?.FileName("torch_cpu"));

    [Xunit.Fact]
    public void NoLibraryForSystem_NamesTheSystemAndTheSupportedOnes()
    {
        string id = NativeSystem.IdOf("linux", ProcessorArchitecture.X64, "linux-musl-x64");

        Assert.Equal("TorchSharp has no native library for linux-musl-x64. Use the managed engine, or one of these systems: linux-x64, " +
            "win-x64, win-arm64, osx-arm64.", NativeProblems.NoLibraryForSystem(id).ToString());
    }
}
