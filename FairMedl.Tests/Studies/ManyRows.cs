using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Tests.Studies;

/// <summary>A classification's rows in any number, for what depends on their number alone.</summary>
internal static class ManyRows
{
    /// <summary>A study with the given numbers of rows in seen and unseen clusters, and of groups by attribute.</summary>
    public static StudyData Of(int seen, int unseen, params int[] groups)
    {
        int rows = seen + unseen;
        return new StudyData
        {
            Task = PredictionTask.Classification,
            Target = new float[rows],
            TargetDescription = "y = 1",
            Cluster = [],
            ClusterColumn = "cluster",
            ClusterNames = ["a", "b"],
            SeenClusterCount = 1,
            Sensitive = [.. groups.Select((k, a) => new SensitiveAttribute($"attribute {a}", [.. Enumerable.Range(0, k).Select(g => $"group {g}")], [.. Enumerable.Range(0, rows).Select(i => i / groups.Take(a).Aggregate(1, (x, y) => x * y) % k)]))],
            Features = [],
            SeenRows = new int[seen],
            UnseenRows = new int[unseen],
            SourceRows = [],
            Excluded = [],
        };
    }
}
