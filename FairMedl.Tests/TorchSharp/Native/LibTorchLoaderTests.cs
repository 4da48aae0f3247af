using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Engine.TorchSharp;
using FairMedl.Engine.TorchSharp.Native;
using Xunit;
using NativeLibTorch = FairMedl.Engine.TorchSharp.Native.LibTorch;

namespace FairMedl.Tests.Native;

/// <summary>The outcome of loading damaged and real libraries.</summary>
public sealed class LibTorchLoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Xunit.Fact]
    public void Load_FolderWithGarbage_IsAProblemAndNoCrash()
    {
        foreach (string library in new[] { "c10", "torch_cpu", "torch" }) File.WriteAllText(Library(library), "not a library");

        LibTorchState state = LibTorchLoader.Load(new LibTorchOptions(folder.FullPath));

        Assert.False(state.IsLoaded);
        Assert.Empty(state.Devices);
        Assert.Contains(folder.FullPath, Assert.Single(state.Problems).Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Load_TruncatedLibrary_IsAProblemAndNoCrash()
    {
        foreach (string library in new[] { "c10", "torch_cpu", "torch" }) File.Copy(PackagedShim.Path, Library(library));
        using (FileStream file = File.OpenWrite(Library("torch_cpu"))) file.SetLength(file.Length / 2);

        LibTorchState state = LibTorchLoader.Load(new LibTorchOptions(folder.FullPath));

        Assert.Equal($"{Library("torch_cpu")} is damaged. The file is shorter than its header says.",
            Assert.Single(state.Problems).Message);
    }

    [LinuxFact]
    public void TryLoad_MissingDependency_GivesTheSystemsMessage()
    {
        byte[] library = File.ReadAllBytes(PackagedShim.Path);
        int name = library.AsSpan().IndexOf("libtorch_cpu.so\0"u8);
        "libtorch_xyz.so"u8.CopyTo(library.AsSpan(name));
        File.WriteAllBytes(folder["library.so"], library);

        Assert.Equal(0, NativeFile.TryLoad(folder["library.so"], bindNow: true, out string reason));
        Assert.Matches("(libtorch\\w*\\.so: cannot open shared object file|GLIBCXX_3\\.4\\.32).*\\.$", reason);
    }

    [Fact]
    public void State_LibTorchOfThePackage_HasTheCpuAndItsVersion()
    {
        var engine = new TorchSharpEngine();

        ComputeDevice cpu = engine.Devices[0];

        Assert.True(NativeLibTorch.State.IsLoaded);
        Assert.Equal(ComputeDevice.Cpu, cpu.Id);
        Assert.Equal(ProcessorName.Value, cpu.Name);
        Assert.Matches("^0\\.107\\.0, libtorch 2\\.10\\.0", engine.Version);
        Assert.DoesNotContain(engine.Problems, p => p.Message.Contains("loaded", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_AfterAnotherFolder_AsksForARestart()
    {
        Assert.True(NativeLibTorch.State.IsLoaded);
        foreach (string library in new[] { "c10", "torch_cpu", "torch" }) File.Copy(PackagedShim.Path, Library(library));

        ComputeProblem problem = Assert.Single(LibTorchLoader.Load(new LibTorchOptions(folder.FullPath)).Problems);

        Assert.Equal("Restart the program.", problem.Remedy);
    }

    [Fact]
    public void Configure_AfterLoading_KeepsWhatIsLoaded()
    {
        LibTorchState loaded = NativeLibTorch.State;

        NativeLibTorch.Configure(new LibTorchOptions(folder.FullPath));

        Assert.Same(loaded, NativeLibTorch.State);
    }

    private string Library(string name) => folder[NativeSystem.Find(NativeSystem.CurrentId)!.FileName(name)];
}

/// <summary>A test of Linux's loader.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : Xunit.FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "for Linux's loader";
}
