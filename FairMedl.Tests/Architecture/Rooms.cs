namespace FairMedl.Tests.Architecture;

/// <summary>
/// The one way through the house: a room is a folder directly under FairMedl.Core, its namespace is its folder, and it
/// uses only rooms before it (docs/architecture.md).
/// </summary>
internal static class Rooms
{
    private const string Root = "FairMedl.Core.";

    /// <summary>All rooms, in order.</summary>
    public static IReadOnlyList<string> Order { get; } =
        ["Numerics", "Data", "Fits", "Fairness", "Interpretation", "Tuning", "Studies", "Reports", "Storage"];

    /// <summary>One sentence for each type in no listed room, and for each use of a later room by an earlier one.</summary>
    public static IReadOnlyList<string> Faults(CompiledTypes core)
    {
        var faults = new List<string>();
        faults.AddRange(core.Defined
            .Where(type => Place(type) < 0)
            .Select(type => $"{type} is in no listed room"));
        faults.AddRange(core.Uses
            .Where(use => Place(use.From) >= 0 && Place(use.To) > Place(use.From))
            .Select(use => $"{use.From} ({Order[Place(use.From)]}) uses {use.To} ({Order[Place(use.To)]}), a later room"));
        faults.Sort(StringComparer.Ordinal);
        return faults;
    }

    private static int Place(TypeName type)
    {
        if (!type.Namespace.StartsWith(Root, StringComparison.Ordinal)) return -1;
        string room = type.Namespace[Root.Length..].Split('.')[0];
        for (int i = 0; i < Order.Count; i++)
        {
            if (Order[i] == room) return i;
        }

        return -1;
    }
}
