using FairMedl.Engine.TorchSharp.Native;
using Xunit;

namespace FairMedl.Tests.Native;

/// <summary>A damaged library is found before the system's loader reads it, which would end the process.</summary>
public sealed class ElfFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Xunit.Fact]
    public void FaultOf_CompleteLibrary_IsNull() => Assert.Null(FaultOf(new SyntheticShim().ToBytes()));

    [Xunit.Fact]
    public void FaultOf_EveryTruncation_IsFound()
    {
        byte[] whole = new SyntheticShim().ToBytes();

        foreach (int length in Enumerable.Range(0, whole.Length).Where(n => n < 130 || n % 17 == 0 || n > whole.Length - 3))
            Assert.Equal(length < 4 ? "It is not an ELF library." : "The file is shorter than its header says.", FaultOf(whole[..length]));
    }

    [Xunit.Theory]
    [InlineData(0, (byte)'M', "It is not an ELF library.")]
    [InlineData(4, 1, "It is not a 64-bit little-endian library.")]
    [InlineData(5, 2, "It is not a 64-bit little-endian library.")]
    [InlineData(54, 1, "Its program table has entries of an unknown size.")]
    [InlineData(103, 0x7f, "The file is shorter than its header says.")]
    [InlineData(39, 0xff, "The file is shorter than its header says.")]
    public void FaultOf_DamagedHeader_SaysWhat(int at, byte value, string fault)
    {
        byte[] content = new SyntheticShim().ToBytes();
        content[at] = value;

        Assert.Equal(fault, FaultOf(content));
    }

    [Xunit.Fact]
    public void FaultOf_TheShimOfThePackage_IsNull() => Assert.Null(ElfFile.FaultOf(PackagedShim.Path));

    private string? FaultOf(byte[] content)
    {
        File.WriteAllBytes(folder["library.so"], content);
        return ElfFile.FaultOf(folder["library.so"]);
    }
}
