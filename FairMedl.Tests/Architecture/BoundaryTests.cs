using System.Text.RegularExpressions;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Architecture;

/// <summary>
/// What each part may not use: Core no tensors, pages neither tensors nor the database, and no code pointers except kernels and the loading
/// of native libraries.
/// </summary>
public sealed partial class BoundaryTests
{
    [Theory]
    [InlineData("FairMedl.Core", "FairMedl.Torch", "FairMedl.Engine", "FairMedl.Web", "TorchSharp", "Microsoft.AspNetCore")]
    [InlineData("FairMedl.Torch", "FairMedl", "TorchSharp", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore")]
    [InlineData("FairMedl.Engine.Managed", "FairMedl.Web", "TorchSharp", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore")]
    [InlineData("FairMedl.Engine.TorchSharp", "FairMedl.Web", "FairMedl.Torch", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore")]
    [InlineData("FairMedl.Web", "FairMedl.Torch", "TorchSharp")]
    public void References_OfAnAssembly_ExcludeOtherRoomsOfTheHouse(string assembly, params string[] excluded) =>
        Assert.DoesNotContain(Assemblies.Read(assembly).References, name => excluded.Any(other => IsPartOf(name, other)));

    [Theory]
    [InlineData("Microsoft.AspNetCore.Components", "Microsoft.AspNetCore", true)]
    [InlineData("TorchSharp", "TorchSharp", true)]
    [InlineData("FairMedl.Torch", "TorchSharp", false)]
    [InlineData("FairMedl.Engine.TorchSharp", "FairMedl.Torch", false)]
    public void References_ByName_AreRecognized(string name, string other, bool expected) => Assert.Equal(expected, IsPartOf(name, other));

    [Fact]
    public void Web_Types_UseNoTensors() =>
        Assert.Empty(Assemblies.Read("FairMedl.Web").Uses.Where(use => IsTensorLibrary(use.To)).Select(use => $"{use.From} uses {use.To}"));

    [Fact]
    public void Engine_Types_UseTensors() =>
        Assert.All(["FairMedl.Engine.Managed", "FairMedl.Engine.TorchSharp"], engine => Assert.Contains(Assemblies.Read(engine).Uses, use => IsTensorLibrary(use.To)));

    [Fact]
    public void Pages_Types_UseNoDatabaseAndNoTensors()
    {
        CompiledTypes web = Assemblies.Read("FairMedl.Web");

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
    public void Pointers_OutsideKernelsAndNativeLibraries_AreAbsent() =>
        Assert.DoesNotContain(
            SourceFolders.FilesIn("FairMedl.Core", "FairMedl.Engine", "FairMedl.Web", "FairMedl.Torch")
                .Where(file => SourceFolders.Folder(file) is not ("FairMedl.Torch/Kernels" or "FairMedl.Engine/TorchSharp/Native")),
            file => HasUnsafeCode(File.ReadAllText(Path.Combine(SharedData.Repository, file))));

    [Theory]
    [InlineData("internal static unsafe void Sum(float* x) { }", true)]
    [InlineData("unsafe { fixed (float* p = x) { } }", true)]
    [InlineData("// an unsafe thought\nUnsafe.Add(ref x, 1);", false)]
    [InlineData("string s = \"unsafe\";", false)]
    public void Pointers_InSource_AreRecognised(string source, bool expected) =>
        Assert.Equal(expected, HasUnsafeCode(source));

    private static bool IsPartOf(string assembly, string other) => assembly == other || assembly.StartsWith(other + ".", StringComparison.Ordinal);

    private static bool IsTensorLibrary(TypeName type) => type.Namespace.Split('.') is ["TorchSharp", ..] or ["FairMedl", "Torch", ..];

    private static IEnumerable<string> PageFaults(CompiledTypes web, HashSet<TypeName> components) =>
        web.Uses.Where(use => components.Contains(use.From) && IsBehindTheSeam(use.To)).Select(use => $"{use.From} uses {use.To}");

    // Of Storage, a page may name the states of a fit and of a study, and no store.
    private static bool IsBehindTheSeam(TypeName type) =>
        IsTensorLibrary(type) || type.Namespace.Split('.') is ["Microsoft", "EntityFrameworkCore", ..]
        || (type.Namespace.StartsWith("FairMedl.Core.Storage", StringComparison.Ordinal) && !typeof(RandomStream).Assembly.GetType(type.ToString(), throwOnError: true)!.IsEnum);

    private static HashSet<TypeName> Components(IEnumerable<Type> types) =>
        [.. types.Where(type => typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type)).Select(type => new TypeName(type.Namespace ?? "", type.Name))];

    private static bool HasUnsafeCode(string source) => UnsafeWord().IsMatch(CommentOrString().Replace(source, " "));

    [GeneratedRegex(@"\bunsafe\b")]
    private static partial Regex UnsafeWord();

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*" """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrString();
}
