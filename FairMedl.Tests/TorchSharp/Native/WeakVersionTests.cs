using FairMedl.Engine.TorchSharp.Native;
using Xunit;

namespace FairMedl.Tests.Native;

/// <summary>Which libraries get a weak requirement, and that nothing else of them changes.</summary>
public class WeakVersionTests
{
    [Xunit.Fact]
    public void Weaken_OnlyTheInitialiserWithoutRelocation_ChangesOnlyTheFlag()
    {
        var shim = new SyntheticShim();
        byte[] original = shim.ToBytes(), weak = shim.ToBytes();

        WeakVersion.Weaken(weak);

        Assert.Equal([shim.FlagOffset], Differences(original, weak));
        Assert.Equal((0, 2), (original[shim.FlagOffset], weak[shim.FlagOffset]));
    }

    [Xunit.Fact]
    public void Weaken_AlreadyWeak_ChangesNothing()
    {
        byte[] once = new SyntheticShim().ToBytes();
        WeakVersion.Weaken(once);
        byte[] twice = [.. once];

        WeakVersion.Weaken(twice);

        Assert.Equal(once, twice);
    }

    [Xunit.Theory]
    [InlineData("relocation", "It calls a function of GLIBCXX_3.4.32.")]
    [InlineData("short relocation", "It calls a function of GLIBCXX_3.4.32.")]
    [InlineData("second symbol", "It uses other symbols of GLIBCXX_3.4.32 than std::ios_base_library_init.")]
    [InlineData("other symbol", "It uses other symbols of GLIBCXX_3.4.32 than std::ios_base_library_init.")]
    [InlineData("defined symbol", "It uses other symbols of GLIBCXX_3.4.32 than std::ios_base_library_init.")]
    [InlineData("other version", "It does not require GLIBCXX_3.4.32.")]
    [InlineData("two requirements", "It requires GLIBCXX_3.4.32 more than once.")]
    public void Weaken_AnythingElse_RefusesAndChangesNothing(string kind, string reason)
    {
        var shim = new SyntheticShim();
        byte[] original = (kind switch
        {
            "relocation" => shim with { IsRelocated = true },
            "short relocation" => shim with { IsRelocated = true, HasShortRelocations = true },
            "second symbol" => shim with { HasOtherSymbol = true },
            "other symbol" => shim with { Name = "_ZSt21ios_base_library_quitv" },
            "defined symbol" => shim with { IsDefined = true },
            "other version" => shim with { Required = "GLIBCXX_3.4.33" },
            "two requirements" => shim with { IsRequiredTwice = true },
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        }).ToBytes();
        byte[] content = [.. original];

        ElfFormatException thrown = Assert.Throws<ElfFormatException>(() => WeakVersion.Weaken(content));

        Assert.Equal(reason, thrown.Message);
        Assert.Equal(original, content);
    }

    [Xunit.Fact]
    public void Weaken_RelocationsOfOtherSymbols_AreAllowed()
    {
        byte[] content = (new SyntheticShim() with { HasShortRelocations = true }).ToBytes();

        Assert.Null(Record.Exception(() => WeakVersion.Weaken(content)));
    }

    [Xunit.Fact]
    public void Weaken_EveryTruncation_IsRefused()
    {
        byte[] whole = new SyntheticShim().ToBytes();

        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<ElfFormatException>(() => WeakVersion.Weaken(whole[..length]));
    }

    [Xunit.Theory]
    [InlineData(0x00)]
    [InlineData(0x01)]
    [InlineData(0x7f)]
    [InlineData(0xff)]
    public void Weaken_EveryDamagedByte_IsRefusedOrHarmless(byte value)
    {
        byte[] whole = new SyntheticShim().ToBytes();

        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] = value;
            Exception? thrown = Record.Exception(() => WeakVersion.Weaken(damaged));
            Assert.True(thrown is null or ElfFormatException, $"byte {at}: {thrown}");
        }
    }

    [Xunit.Fact]
    public void Weaken_TheShimOfThePackage_ChangesOneByte()
    {
        byte[] original = File.ReadAllBytes(PackagedShim.Path), weak = [.. original];

        WeakVersion.Weaken(weak);

        int at = Assert.Single(Differences(original, weak));
        Assert.Equal((0, 2), (original[at], weak[at]));
    }

    private static int[] Differences(byte[] first, byte[] second)
    {
        Assert.Equal(first.Length, second.Length);
        return [.. Enumerable.Range(0, first.Length).Where(i => first[i] != second[i])];
    }
}
