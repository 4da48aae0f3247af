using FairMedl.Core.Data.Roles;

namespace FairMedl.Web.Roles;

/// <summary>Roles in words.</summary>
public static class RoleWording
{
    /// <summary>The role's name.</summary>
    public static string Name(ColumnRole role) => role switch
    {
        ColumnRole.Ignored => "Ignored",
        ColumnRole.Feature => "Feature",
        ColumnRole.Sensitive => "Sensitive",
        ColumnRole.Cluster => "Cluster",
        ColumnRole.Target => "Target",
    };

    /// <summary>"1 target", "6 features", "4 sensitive".</summary>
    public static string Count(ColumnRole role, int n) => role switch
    {
        ColumnRole.Ignored => $"{n} ignored",
        ColumnRole.Feature => $"{n} {(n == 1 ? "feature" : "features")}",
        ColumnRole.Sensitive => $"{n} sensitive",
        ColumnRole.Cluster => $"{n} cluster",
        ColumnRole.Target => $"{n} target",
    };

    /// <summary>"no target yet", "no sensitive column yet".</summary>
    public static string None(ColumnRole role) => role switch
    {
        ColumnRole.Ignored => "no ignored column",
        ColumnRole.Feature => "no feature yet",
        ColumnRole.Sensitive => "no sensitive column yet",
        ColumnRole.Cluster => "no cluster yet",
        ColumnRole.Target => "no target yet",
    };
}
