namespace FairMedl.Tests.Architecture;

/// <summary>Our compiled assemblies beside the tests.</summary>
internal static class Assemblies
{
    /// <summary>Every assembly of the program.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["FairMedl.Core", "FairMedl.Torch", "FairMedl.Engine.Managed", "FairMedl.Engine.TorchSharp", "FairMedl.Web"];

    /// <summary>The types of an assembly and what they use.</summary>
    public static CompiledTypes Read(string name) => CompiledTypes.Read(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
}
