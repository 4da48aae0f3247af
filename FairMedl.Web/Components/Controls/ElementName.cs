namespace FairMedl.Web.Components.Controls;

/// <summary>Names that no other element has, of whatever component: one counter for all, since a generic component has its statics once a type.</summary>
internal static class ElementName
{
    private static int made;

    /// <summary>"kind-7".</summary>
    public static string Next(string kind) => FormattableString.Invariant($"{kind}-{Interlocked.Increment(ref made)}");
}
