namespace FairMedl.Web.Components.Controls;

/// <summary>Unique element ids. One counter serves all components, because a generic component has its statics once per type.</summary>
internal static class ElementName
{
    private static int made;

    /// <summary>The next id of a kind: "kind-7".</summary>
    public static string Next(string kind) => FormattableString.Invariant($"{kind}-{Interlocked.Increment(ref made)}");
}
