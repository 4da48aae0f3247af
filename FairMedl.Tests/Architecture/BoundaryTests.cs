using System.Text.RegularExpressions;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Architecture;

/// <summary>What may not be known on either side of a seam: rows by tensors, tensors and databases by pages, pointers by anyone but kernels.</summary>
public sealed partial class BoundaryTests
{
    private static readonly string Binaries = Path.GetDirectoryName(typeof(RandomStream).Assembly.Location)!;

    [Fact]
    public void Torch_References_AreNeitherCoreNorWeb() =>
        Assert.DoesNotContain(CompiledTypes.Read(Path.Combine(Binaries, "FairMedl.Torch.dll")).References, name => name is "FairMedl.Core" or "FairMedl.Web");

    [Fact]
    public void Core_References_AreNotWeb() =>
        Assert.DoesNotContain("FairMedl.Web", CompiledTypes.Read(typeof(RandomStream).Assembly.Location).References);

    [Fact]
    public void Pages_Types_UseNoDatabaseAndNoTensors()
    {
        CompiledTypes web = CompiledTypes.Read(Path.Combine(Binaries, "FairMedl.Web.dll"));

        Assert.Empty(PageFaults(web, Components(typeof(Program).Assembly.GetTypes())));
    }

    [Theory]
    [InlineData("TorchSharp", "torch")]
    [InlineData("FairMedl.Torch.Kernels", "Matrix")]
    [InlineData("Microsoft.EntityFrameworkCore", "DbContext")]
    [InlineData("FairMedl.Core.Storage", "StudyDatabase")]
    [InlineData("FairMedl.Core.Storage.Stores", "FitStore")]
    public void Pages_ForbiddenUse_IsReported(string space, string name) =>
        Assert.True(IsBehindTheSeam(new TypeName(space, name)));

    [Theory]
    [InlineData("FairMedl.Core.Storage", "StudyState")]
    [InlineData("FairMedl.Core.Studies.Gathering", "StudyResults")]
    public void Pages_PlainRecords_AreAllowed(string space, string name) =>
        Assert.False(IsBehindTheSeam(new TypeName(space, name)));

    [Fact]
    public void Pointers_OutsideKernels_AreAbsent() =>
        Assert.DoesNotContain(
            SourceFiles("FairMedl.Core", "FairMedl.Web", "FairMedl.Torch").Where(file => !file.StartsWith("FairMedl.Torch/Kernels/", StringComparison.Ordinal)),
            file => HasUnsafeCode(File.ReadAllText(Path.Combine(SharedData.Repository, file))));

    [Theory]
    [InlineData("internal static unsafe void Sum(float* x) { }", true)]
    [InlineData("unsafe { fixed (float* p = x) { } }", true)]
    [InlineData("// an unsafe thought\nUnsafe.Add(ref x, 1);", false)]
    [InlineData("string s = \"unsafe\";", false)]
    public void Pointers_InSource_AreRecognised(string source, bool expected) =>
        Assert.Equal(expected, HasUnsafeCode(source));

    private static IEnumerable<string> PageFaults(CompiledTypes web, HashSet<TypeName> components) =>
        web.Uses.Where(use => components.Contains(use.From) && IsBehindTheSeam(use.To)).Select(use => $"{use.From} uses {use.To}");

    // Of Storage, a page may name the states of a fit and of a study, and no store.
    private static bool IsBehindTheSeam(TypeName type) =>
        type.Namespace.Split('.') is ["TorchSharp", ..] or ["FairMedl", "Torch", ..] or ["Microsoft", "EntityFrameworkCore", ..]
        || (type.Namespace.StartsWith("FairMedl.Core.Storage", StringComparison.Ordinal) && !typeof(RandomStream).Assembly.GetType(type.ToString(), throwOnError: true)!.IsEnum);

    private static HashSet<TypeName> Components(IEnumerable<Type> types) =>
        [.. types.Where(type => typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type)).Select(type => new TypeName(type.Namespace ?? "", type.Name))];

    private static IEnumerable<string> SourceFiles(params string[] folders) =>
        from folder in folders
        from path in Directory.EnumerateFiles(Path.Combine(SharedData.Repository, folder), "*.*", SearchOption.AllDirectories)
        where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)
        let relative = Path.GetRelativePath(SharedData.Repository, path).Replace('\\', '/')
        where !relative.Contains("/obj/", StringComparison.Ordinal) && !relative.Contains("/bin/", StringComparison.Ordinal)
        select relative;

    private static bool HasUnsafeCode(string source) => UnsafeWord().IsMatch(CommentOrString().Replace(source, " "));

    [GeneratedRegex(@"\bunsafe\b")]
    private static partial Regex UnsafeWord();

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*" """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrString();
}
