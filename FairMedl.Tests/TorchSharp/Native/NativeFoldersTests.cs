using FairMedl.Engine.TorchSharp.Native;
using Xunit;

namespace FairMedl.Tests.Native;

/// <summary>Where libtorch is looked for, and what is said where it is not found.</summary>
public sealed class NativeFoldersTests : IDisposable
{
    private static readonly NativeSystem Linux = NativeSystem.Find("linux-x64")!;
    private readonly TemporaryFolder configured = new(), program = new();

    public void Dispose()
    {
        configured.Dispose();
        program.Dispose();
    }

    [Xunit.Fact]
    public void LibTorch_ConfiguredFolder_ComesFirst()
    {
        Fill(configured, "libc10.so", "libtorch_cpu.so", "libtorch.so");

        Assert.Equal(configured.FullPath, Find(configured.FullPath + Path.DirectorySeparatorChar));
    }

    [Xunit.Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void LibTorch_NoSetting_IsBesideTheProgram(string? setting)
    {
        Fill(program, "libtorch_cpu.so");

        Assert.Equal(program.FullPath, Find(setting));
    }

    [Xunit.Fact]
    public void LibTorch_Nowhere_SaysWhereItWasLookedFor()
    {
        string message = Problem(null);

        Assert.StartsWith($"libtorch was not found: no libtorch_cpu.so in {program.FullPath}. Set Compute:LibTorch", message,
            StringComparison.Ordinal);
        Assert.Contains("-p:LibTorch=cpu", message, StringComparison.Ordinal);
    }

    [Xunit.Fact]
    public void LibTorch_FolderWithoutTorchCpu_NamesTheFile()
    {
        Fill(configured, "libc10.so", "libtorch.so");

        Assert.StartsWith($"The folder of Compute:LibTorch has no libtorch_cpu.so: {configured.FullPath}.", Problem(configured.FullPath),
            StringComparison.Ordinal);
    }

    [Xunit.Fact]
    public void LibTorch_FolderDoesNotExist_SaysSo() =>
        Assert.StartsWith("The value of Compute:LibTorch is not an existing folder: ", Problem(configured["none"]), StringComparison.Ordinal);

    [Xunit.Fact]
    public void LibTorch_SecondOneBesideTheProgram_IsRefused()
    {
        Fill(configured, "libc10.so", "libtorch_cpu.so", "libtorch.so");
        Fill(program, "libtorch_cpu.so");

        Assert.StartsWith($"This build has its own libtorch in {program.FullPath}", Problem(configured.FullPath), StringComparison.Ordinal);
    }

    [Xunit.Fact]
    public void Shim_Missing_SaysWhereItWasLookedFor()
    {
        NativeLoadException thrown = Assert.Throws<NativeLoadException>(() =>
            NativeFolders.Shim(Linux, configured.FullPath, [program.FullPath]));

        Assert.Equal($"TorchSharp's library libLibTorchSharp.so was not found. Looked in {program.FullPath}, {configured.FullPath}.",
            thrown.Problem.Message);
    }

    private string Find(string? setting) => NativeFolders.LibTorch(Linux, setting, [program.FullPath]);

    private string Problem(string? setting) => Assert.Throws<NativeLoadException>(() => Find(setting)).Problem.ToString();

    private static void Fill(TemporaryFolder folder, params string[] files)
    {
        foreach (string file in files) File.WriteAllText(folder[file], "");
    }
}
