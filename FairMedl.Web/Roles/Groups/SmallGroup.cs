using FairMedl.Core.Data.Roles;

namespace FairMedl.Web.Roles.Groups;

/// <summary>Why a group's rates are uncertain, in words.</summary>
public static class SmallGroup
{
    /// <summary>"fewer than 30 positives"; null for a group that is large enough.</summary>
    public static string? Warning(GroupCount group)
    {
        if (!group.IsSmall) return null;
        if (group.N == 0) return "no rows";
        bool fewPositives = group.Positives < GroupTable.MinimumCount, fewNegatives = group.Negatives < GroupTable.MinimumCount;
        return (fewPositives, fewNegatives) switch
        {
            (true, true) when group is { Positives: > 0, Negatives: > 0 } =>
                $"fewer than {GroupTable.MinimumCount} positives and negatives",
            (true, true) => $"{Few(group.Positives, "positives")}, {Few(group.Negatives, "negatives")}",
            (true, false) => Few(group.Positives, "positives"),
            (false, true) => Few(group.Negatives, "negatives"),
            (false, false) => Few(group.N, "rows"),
        };
    }

    private static string Few(int? n, string what) => n == 0 ? $"no {what}" : $"fewer than {GroupTable.MinimumCount} {what}";
}
