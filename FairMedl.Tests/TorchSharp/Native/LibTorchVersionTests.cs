using FairMedl.Engine.TorchSharp.Native;
using Xunit;

namespace FairMedl.Tests.Native;

/// <summary>The version of libtorch, from the files beside it or from the library.</summary>
public sealed class LibTorchVersionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Xunit.Theory]
    [InlineData("version.py", "from typing import Optional\n\n__version__ = '2.11.0+cu128'\ndebug = False\n", "2.11.0+cu128")]
    [InlineData("version.py", "debug = False\n", null)]
    [InlineData("build-version", "2.10.0+cpu\n", "2.10.0+cpu")]
    [InlineData("build-version", "", null)]
    [InlineData("other", "2.10.0", null)]
    public void OfFiles_BesideTheFolder_IsTheirVersion(string file, string content, string? version)
    {
        File.WriteAllText(folder[file], content);

        Assert.Equal(version, LibTorchVersion.OfFiles(folder["lib"]));
    }

    [Xunit.Fact]
    public void Text_AbiVersion_HasMajorMinorPatch() => Assert.Equal("2.11.3", LibTorchVersion.Text(0x020B030000000000));
}
