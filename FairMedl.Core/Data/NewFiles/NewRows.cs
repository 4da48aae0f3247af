namespace FairMedl.Core.Data.NewFiles;

/// <summary>Rows of a new file, ready to be predicted.</summary>
/// <param name="Rows">Features, clusters and groups.</param>
/// <param name="SourceRows">Per row its data row in the file (1 is the first record after the header).</param>
/// <param name="ClusterNames">The cluster of each row, as in the file.</param>
/// <param name="Target">Per row 0 or 1, or the number; NaN where there is none, or where an exclusion of the study names the
/// target's value.</param>
public sealed record NewRows(RowBatch Rows, int[] SourceRows, string[] ClusterNames, float[] Target);

/// <summary>What stood in a new file besides its rows, for a person.</summary>
public sealed record NewRowsSummary
{
    /// <summary>Number of data rows.</summary>
    public required long Rows { get; init; }

    /// <summary>SHA-256 of the file's bytes, in lower-case hexadecimal.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether the file has the target's column.</summary>
    public required bool HasTarget { get; init; }

    /// <summary>
    /// By exclusion of the study, how many rows it left out; null for one that names the target, which new data need not have.
    /// </summary>
    public required IReadOnlyList<long?> Excluded { get; init; }

    /// <summary>Clusters that took no part in training, with their rows, most rows first.</summary>
    public required ValueCounts UnknownClusters { get; init; }

    /// <summary>By column: levels that no training row had, with their rows; columns without one are left out.</summary>
    public required IReadOnlyDictionary<string, ValueCounts> UnseenLevels { get; init; }

    /// <summary>
    /// By column: levels that the training rows of some fits had and of others had not, with their rows;
    /// columns without one are left out.
    /// </summary>
    public required IReadOnlyDictionary<string, ValueCounts> PartlyKnownLevels { get; init; }

    /// <summary>By column: how many rows miss a number.</summary>
    public required IReadOnlyDictionary<string, long> MissingNumbers { get; init; }
}

/// <summary>Frequencies of values.</summary>
/// <param name="Total">All of them together.</param>
/// <param name="Most">The most frequent ones, most rows first.</param>
/// <param name="Others">How many distinct values are not among them; a lower bound where <paramref name="IsCut"/>.</param>
/// <param name="IsCut">Whether there were too many distinct values to tell apart.</param>
public sealed record ValueCounts(long Total, IReadOnlyList<(string Value, long Rows)> Most, int Others, bool IsCut);
