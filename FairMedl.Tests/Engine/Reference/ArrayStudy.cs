using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Tests.Engine.Reference;

/// <summary>A study of plain arrays, without a file.</summary>
internal static class ArrayStudy
{
    /// <summary>
    /// Numeric features x1, x2, ... by column; all rows are of one cluster unless clusters are given, of which the last is unseen
    /// where <paramref name="hasUnseen"/> is set.
    /// </summary>
    public static StudyData Of(float[] target, float[][] features, int[]? clusters = null, bool hasUnseen = false,
        IReadOnlyList<SensitiveAttribute>? sensitive = null, PredictionTask task = PredictionTask.Classification)
    {
        clusters ??= new int[target.Length];
        int count = clusters.Max() + 1, seen = hasUnseen ? count - 1 : count;
        int[] all = [.. Enumerable.Range(0, target.Length)];
        sensitive ??= [];
        return new StudyData
        {
            Task = task,
            Target = target,
            TargetDescription = "y",
            Cluster = clusters,
            ClusterColumn = "site",
            ClusterNames = [.. Enumerable.Range(0, count).Select(c => $"s{c}")],
            SeenClusterCount = seen,
            Sensitive = sensitive,
            Features =
            [
                .. features.Select((numbers, j) => new FeatureSource { Column = $"x{j + 1}", Numbers = numbers }),
                .. sensitive.Select((s, a) =>
                    new FeatureSource { Column = s.Name, Codes = s.Groups, Levels = s.GroupNames, Attribute = a }),
            ],
            SeenRows = Array.FindAll(all, row => clusters[row] < seen),
            UnseenRows = Array.FindAll(all, row => clusters[row] >= seen),
            SourceRows = all,
            Excluded = [],
        };
    }
}
