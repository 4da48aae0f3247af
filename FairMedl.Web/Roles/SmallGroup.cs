using FairMedl.Core.Data;
using FairMedl.Web.Components;

namespace FairMedl.Web.Roles;

/// <summary>Why a group's rates will say little, in words.</summary>
public static class SmallGroup
{
    /// <summary>"only 12 positives"; null for a group that is large enough.</summary>
    public static string? Warning(GroupCount group)
    {
        if (!group.IsSmall) return null;
        if (group.N == 0) return "no rows";
        List<string> few = [];
        if (group.Positives is { } positives and < GroupTable.MinimumCount) few.Add(Few(positives, "positive", "positives"));
        if (group.Negatives is { } negatives and < GroupTable.MinimumCount) few.Add(Few(negatives, "negative", "negatives"));
        return few.Count == 0 ? Few(group.N, "row", "rows") : string.Join(", ", few);
    }

    private static string Few(int n, string one, string many) => n == 0 ? $"no {many}" : $"only {Display.Count(n, one, many)}";
}
