using FairMedl.Core.Data;

namespace FairMedl.Web.Roles;

/// <summary>Roles in words.</summary>
public static class RoleWording
{
    /// <summary>As an option of a list.</summary>
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
}
