namespace FairMedl.Core.Data.NewFiles;

/// <summary>Some rows to predict, of a study or of a file that it never saw.</summary>
/// <param name="Features">The study's features over these rows, in the study's order. Levels may be others than the study's: they
/// are matched by name.</param>
/// <param name="Cluster">Per row its seen cluster, or -1 where the cluster took no part in training.</param>
/// <param name="Groups">By sensitive attribute, per row its group, or -1 where the study has no such group.</param>
public sealed record RowBatch(IReadOnlyList<FeatureSource> Features, int[] Cluster, IReadOnlyList<int[]> Groups)
{
    /// <summary>
    /// The features of the rows as they are, where <see cref="Features"/> have changed or flipped values: the weights of the
    /// clusters in a row of an unseen one come from these, so that a change leaves z as it is. Null where nothing is changed.
    /// </summary>
    public IReadOnlyList<FeatureSource>? Actual { get; init; }

    /// <summary>Number of rows.</summary>
    public int Count => Cluster.Length;

    /// <summary>These rows of a study.</summary>
    public static RowBatch Of(StudyData data, ReadOnlySpan<int> rows)
    {
        int[] chosen = rows.ToArray();
        return new RowBatch(
            [.. data.Features.Select(f => f with { Codes = Pick(f.Codes), Numbers = Pick(f.Numbers) })],
            Array.ConvertAll(chosen, row => data.Cluster[row] < data.SeenClusterCount ? data.Cluster[row] : -1),
            [.. data.Sensitive.Select(s => Pick(s.Groups)!)]);

        T[]? Pick<T>(T[]? values) => values is null ? null : Array.ConvertAll(chosen, row => values[row]);
    }
}
