using FairMedl.Engine.TorchSharp.Native;
using Xunit;

namespace FairMedl.Tests.Native;

/// <summary>The adapted copy of TorchSharp's library in the cache folder.</summary>
public sealed class WeakCopyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string shim;

    public WeakCopyTests()
    {
        shim = folder["libShim.so"];
        File.WriteAllBytes(shim, new SyntheticShim().ToBytes());
    }

    public void Dispose() => folder.Dispose();

    [Xunit.Fact]
    public void WeakCopy_FirstTime_WritesOneFileAndLeavesTheOriginal()
    {
        string copy = LinuxShim.WeakCopy(shim, folder["cache"]);

        Assert.Equal([copy], Directory.GetFiles(folder["cache"]));
        Assert.Equal(Weak(), File.ReadAllBytes(copy));
        Assert.Equal(new SyntheticShim().ToBytes(), File.ReadAllBytes(shim));
    }

    [Xunit.Fact]
    public void WeakCopy_SecondTime_KeepsTheFile()
    {
        string copy = LinuxShim.WeakCopy(shim, folder["cache"]);
        DateTime written = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(copy, written);

        Assert.Equal(copy, LinuxShim.WeakCopy(shim, folder["cache"]));
        Assert.Equal(written, File.GetLastWriteTimeUtc(copy));
    }

    [Xunit.Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WeakCopy_DamagedCache_IsReplaced(bool sameLength)
    {
        string copy = LinuxShim.WeakCopy(shim, folder["cache"]);
        byte[] damaged = File.ReadAllBytes(copy);
        damaged[^1] ^= 1;
        File.WriteAllBytes(copy, sameLength ? damaged : damaged[..10]);

        LinuxShim.WeakCopy(shim, folder["cache"]);

        Assert.Equal(Weak(), File.ReadAllBytes(copy));
    }

    [Xunit.Fact]
    public void WeakCopy_OtherOriginal_HasAnotherName()
    {
        string first = LinuxShim.WeakCopy(shim, folder["cache"]);
        File.WriteAllBytes(shim, [.. new SyntheticShim().ToBytes(), 0]);

        Assert.NotEqual(first, LinuxShim.WeakCopy(shim, folder["cache"]));
    }

    [Xunit.Fact]
    public void WeakCopy_LibraryThatCallsTheVersion_IsRefusedWithTheReason()
    {
        File.WriteAllBytes(shim, new SyntheticShim { IsRelocated = true }.ToBytes());

        NativeLoadException thrown = Assert.Throws<NativeLoadException>(() => LinuxShim.WeakCopy(shim, folder["cache"]));

        Assert.Equal("This system's C++ library (libstdc++) lacks GLIBCXX_3.4.32, which TorchSharp's library requires. The requirement " +
            "cannot be made weak: It calls a function of GLIBCXX_3.4.32.", thrown.Problem.Message);
        Assert.False(Directory.Exists(folder["cache"]));
    }

    [Xunit.Fact]
    public void WeakCopy_CacheIsAFile_SaysThatItCannotBeWritten()
    {
        File.WriteAllText(folder["cache"], "");

        NativeLoadException thrown = Assert.Throws<NativeLoadException>(() => LinuxShim.WeakCopy(shim, folder["cache"]));

        Assert.StartsWith($"An adapted copy of TorchSharp's library cannot be written to {folder["cache"]}: ", thrown.Problem.Message,
            StringComparison.Ordinal);
    }

    [Xunit.Fact]
    public void WeakCopy_OriginalIsAFolder_SaysThatItCannotBeRead()
    {
        Directory.CreateDirectory(folder["unreadable.so"]);

        NativeLoadException thrown = Assert.Throws<NativeLoadException>(() => LinuxShim.WeakCopy(folder["unreadable.so"], folder["cache"]));

        Assert.StartsWith($"{folder["unreadable.so"]} cannot be read: ", thrown.Problem.Message, StringComparison.Ordinal);
        Assert.Equal("Check the disk and the permissions of the file.", thrown.Problem.Remedy);
    }

    [Xunit.Fact]
    public void Cache_OfAUserWithoutADataFolder_IsRefused()
    {
        Assert.Equal(Path.Combine(folder["data"], "FairMedl", "native"), LinuxShim.CacheIn(folder["data"]));
        Assert.Equal("An adapted copy of TorchSharp's library cannot be written: the user has no data folder.",
            Assert.Throws<NativeLoadException>(() => LinuxShim.CacheIn("")).Problem.Message);
    }

    private static byte[] Weak()
    {
        byte[] content = new SyntheticShim().ToBytes();
        WeakVersion.Weaken(content);
        return content;
    }
}
