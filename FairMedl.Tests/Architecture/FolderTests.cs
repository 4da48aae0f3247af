using System.Text.RegularExpressions;
using Xunit;

namespace FairMedl.Tests.Architecture;

/// <summary>Folders stay small enough to read, and a namespace is its folder.</summary>
public sealed partial class FolderTests
{
    private const int MostFiles = 16;

    private static readonly string[] Projects = ["FairMedl.Core", "FairMedl.Engine", "FairMedl.Torch", "FairMedl.Web", "FairMedl.Tests"];

    /// <summary>Larger folders, with the reason.</summary>
    private static readonly Dictionary<string, string> Large = new(StringComparer.Ordinal)
    {
        ["FairMedl.Torch/Kernels"] = "a kernel for each operation, over vector types that only kernels use",
        ["FairMedl.Tests/Torch"] = "a test class for each group of operations, some compiled against TorchSharp as well",
    };

    /// <summary>Folders whose namespace is another one, with the reason.</summary>
    private static readonly Dictionary<string, string> OtherNamespace = new(StringComparer.Ordinal)
    {
        ["FairMedl.Torch/Operations"] = "compiled into both engines, where callers see FairMedl.Torch",
        ["FairMedl.Engine/Managed/Training"] = "this engine's part of training, under the names that the shared sources use",
        ["FairMedl.Engine/TorchSharp/Training"] = "this engine's part of training, under the names that the shared sources use",
        ["FairMedl.Torch/TorchSharp"] = "has the namespaces of the TorchSharp package",
        ["FairMedl.Tests/TorchSharp"] = "a project of its own, whose namespaces must not hide the package's",
        ["FairMedl.Tests/Torch/Contract.cs"] = "compiled against the TorchSharp package as well",
    };

    [Fact]
    public void Folders_OfSource_AreNotCrowded() =>
        Assert.Empty(SourceFolders.Crowded(SourceFolders.FilesIn(Projects).Where(file => !Large.ContainsKey(SourceFolders.Folder(file))), MostFiles));

    [Fact]
    public void Crowded_MoreFilesThanAllowed_NamesTheFolder() =>
        Assert.Equal(["A/B has 3 files"], SourceFolders.Crowded(["A/B/C.cs", "A/B/D.razor", "A/B/D.razor.cs", "A/B/E.cs", "A/F.cs", "A/G.cs"], 2));

    [Fact]
    public void Namespaces_OfSource_AreTheirFolders() =>
        Assert.Empty(
            from file in SourceFolders.FilesIn(Projects)
            where file.EndsWith(".cs", StringComparison.Ordinal) && file != "FairMedl.Web/Program.cs"
            where !OtherNamespace.Keys.Any(other => file == other || file.StartsWith(other + "/", StringComparison.Ordinal))
            let declared = NamespaceOf(File.ReadAllText(Path.Combine(SharedData.Repository, file)))
            where declared != SourceFolders.Folder(file).Replace('/', '.')
            select $"{file} declares {declared}");

    [Theory]
    [InlineData("using System;\n\nnamespace FairMedl.Core.Data;\n", "FairMedl.Core.Data")]
    [InlineData("return 0;\n", "no namespace")]
    public void NamespaceOf_Source_IsTheDeclaredOne(string source, string expected) => Assert.Equal(expected, NamespaceOf(source));

    private static string NamespaceOf(string source) => Declaration().Match(source) is { Success: true } match ? match.Groups[1].Value : "no namespace";

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
