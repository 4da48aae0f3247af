using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Roles;

/// <summary>Clusters over the remaining rows, the seen ones first.</summary>
internal sealed record ClusterResolution(int[] Codes, IReadOnlyList<string> Names, int SeenCount)
{
    private const int MaxSeen = 10_000, FewRows = 10;
    private const string Path = "$.data.cluster.column";

    /// <summary>The clusters in descending frequency (ties by name, ordinal), or null after faults.</summary>
    public static ClusterResolution? Resolve(StudyContext context)
    {
        ClusterSpecification cluster = context.Specification.Cluster;
        int before = context.Faults.Count;
        if (cluster.Seen is not null && cluster.SeenShare is not null)
        {
            context.Faults.Add(new InputFault("Both 'seen' and 'seenShare' are set.", "Keep one of them.", Path: "$.data.cluster"));
        }

        if (cluster.SeenShare is { } share && !(share is > 0 and <= 1))
        {
            context.Faults.Add(new InputFault("'seenShare' must be greater than 0 and at most 1.",
                "Enter the share of rows in seen clusters, for example 0.7.", Value: NumberText.Show(share),
                Path: "$.data.cluster.seenShare"));
        }

        Column? column = context.Find(cluster.Column, Path);
        if (column is null || context.RefuseUnusable(column, Path, "cluster") || context.RefuseWithoutLevels(column, Path, "the cluster"))
            return null;

        LevelCoding levels = LevelCoding.Of(column, context.Rows);
        int n = levels.Names.Count;
        if (n < 2)
        {
            context.Fault(Path, column, "All remaining rows are in one cluster.",
                "Choose a cluster column with at least two values, or exclude fewer rows.", n == 1 ? levels.Names[0] : null);
            return null;
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(c => levels.Counts[c])
            .ThenBy(c => levels.Names[c], StringComparer.Ordinal)];
        int seen = cluster.Seen ?? CountForShare(order, levels.Counts, cluster.SeenShare ?? 1);
        if (cluster.Seen > n)
        {
            context.Faults.Add(new InputFault($"The study asks for {MessageText.Count(seen)} seen clusters, but the remaining rows have " +
                $"only {MessageText.Count(n)} clusters.", $"Use at most {MessageText.Count(n)}.", Column: column.Name,
                Path: "$.data.cluster.seen"));
        }
        else if (seen < 2)
        {
            context.Faults.Add(new InputFault("Fewer than two clusters are used for training.",
                "Use at least 2 seen clusters. Random effects describe differences between clusters.",
                Column: column.Name, Path: cluster.Seen is null ? "$.data.cluster.seenShare" : "$.data.cluster.seen"));
        }
        else if (seen > MaxSeen)
        {
            context.Fault(Path, column,
                $"The study has {MessageText.Count(seen)} seen clusters. The maximum is {MessageText.Count(MaxSeen)}.",
                "Choose a cluster column with fewer values, or limit the number of seen clusters.");
        }

        if (context.Faults.Count > before) return null;
        int few = order.Take(seen).Count(c => levels.Counts[c] < FewRows);
        if (few > 0)
        {
            context.Warn(Path, column,
                $"{MessageText.Count(few)} of the {MessageText.Count(seen)} seen clusters have fewer than {FewRows} rows.",
                "Their random effects will be shrunk toward zero. Use fewer seen clusters to hold them out.");
        }

        if (seen == n)
        {
            context.Warn(Path, column, "All clusters are used for training, so the study has no results for unseen clusters.",
                "Limit the number of seen clusters to hold out the rest.");
        }

        var codeOf = new int[n];
        for (int i = 0; i < n; i++) codeOf[order[i]] = i;
        return new ClusterResolution(Array.ConvertAll(levels.Codes, c => codeOf[c]), [.. order.Select(c => levels.Names[c])], seen);
    }

    private static int CountForShare(int[] order, int[] counts, double share)
    {
        double wanted = share * counts.Sum(c => (long)c);
        long held = 0;
        for (int i = 0; i < order.Length; i++)
        {
            held += counts[order[i]];
            if (held >= wanted) return i + 1;
        }

        return order.Length;
    }
}
