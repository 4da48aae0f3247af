namespace FairMedl.Tests.Architecture;

/// <summary>
/// The rooms of one assembly in order. A room is a folder, its namespace is its folder, and it uses only rooms before it
/// (docs/architecture.md).
/// </summary>
internal sealed class Rooms
{
    private const string RazorParts = "__Blazor.";
    private readonly string[] names;
    private readonly string[] namespaces;

    private Rooms(string root, params string[] names)
    {
        this.names = names;
        namespaces = [.. names.Select(name => name.Contains('.', StringComparison.Ordinal) ? name : $"{root}.{name}")];
    }

    /// <summary>The rooms of FairMedl.Core.</summary>
    public static Rooms Core { get; } = new("FairMedl.Core",
        "Numerics", "Data", "Fits", "Fairness", "Interpretation", "Tuning", "Studies", "Reports", "Storage");

    /// <summary>The rooms of FairMedl.Engine. Each of its two assemblies has all but the other's last one.</summary>
    /// <remarks>The engine on TorchSharp also compiles the operations of FairMedl.Torch, in their own namespace.</remarks>
    public static Rooms Engine { get; } = new("FairMedl.Engine",
        "FairMedl.Torch", "Models", "Training", "SelfTest", "Managed", "TorchSharp");

    /// <summary>The rooms of FairMedl.Web.</summary>
    public static Rooms Web { get; } = new("FairMedl.Web",
        "Jobs", "Services", "Components", "Datasets", "Roles", "Studies", "Results", "Compare", "Individuals", "Scoring", "Reports",
        "Compute", "Start", "Hosting", "CommandLine");

    /// <summary>One sentence for each type in no listed room, and for each use of a later room by an earlier one.</summary>
    public IReadOnlyList<string> Faults(CompiledTypes house)
    {
        var faults = new List<string>();
        faults.AddRange(house.Defined
            .Where(type => Place(type) < 0 && !IsEntry(type))
            .Select(type => $"{type} is in no listed room"));
        faults.AddRange(house.Uses
            .Where(use => Place(use.From) >= 0 && Place(use.To) > Place(use.From))
            .Select(use => $"{use.From} ({names[Place(use.From)]}) uses {use.To} ({names[Place(use.To)]}), a later room"));
        faults.Sort(StringComparer.Ordinal);
        return faults;
    }

    // Program.cs, a folder's _Imports.razor, and what the frameworks' generators embed.
    private static bool IsEntry(TypeName type) =>
        type is { Namespace: "", Name: "Program" } or { Name: "_Imports" } || type.Namespace.StartsWith("Microsoft.", StringComparison.Ordinal);

    // The Razor compiler puts parts of a component with generic children into the namespace "__Blazor." and the component's name.
    private int Place(TypeName type)
    {
        string space = type.Namespace.StartsWith(RazorParts, StringComparison.Ordinal) ? type.Namespace[RazorParts.Length..] : type.Namespace;
        return Array.FindIndex(namespaces, room => space == room || space.StartsWith(room + ".", StringComparison.Ordinal));
    }
}
