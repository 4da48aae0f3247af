using FairMedl.Core.Data.Roles;

namespace FairMedl.Core.Data;

/// <summary>One sensitive attribute over the rows of a study.</summary>
/// <param name="Name">The column's name in the file.</param>
/// <param name="GroupNames">K group names; numeric attributes have their bins in ascending order, others are sorted (text
/// ordinally, numbers ascending); a group for missing values, where there are any, is named "(missing)" and comes last.</param>
/// <param name="Groups">Per row of the study, 0 .. K-1.</param>
public sealed record SensitiveAttribute(string Name, IReadOnlyList<string> GroupNames, int[] Groups);

/// <summary>
/// A table under a <see cref="DataSpecification"/>: roles applied, rows excluded, groups and clusters coded. What every
/// later room reads; built by <c>StudyDataBuilder</c>. Row numbers below are 0-based positions among the remaining rows.
/// </summary>
public sealed class StudyData
{
    /// <summary>Prediction task.</summary>
    public required PredictionTask Task { get; init; }

    /// <summary>Per row: 0 or 1 for classification; for regression the target in its own units.</summary>
    public required float[] Target { get; init; }

    /// <summary>What 1 means, such as "income = &gt;50K"; for regression the column's name.</summary>
    public required string TargetDescription { get; init; }

    /// <summary>The target's values in the study's file, whichever class they are; empty for regression.</summary>
    public IReadOnlyList<string> TargetLevels { get; init; } = [];

    /// <summary>Per row its cluster: seen ones are 0 .. SeenClusterCount-1 (most frequent first), unseen ones follow.</summary>
    public required int[] Cluster { get; init; }

    /// <summary>Name of the cluster column in the file.</summary>
    public required string ClusterColumn { get; init; }

    /// <summary>Names by cluster code; "(missing)" for rows without one.</summary>
    public required IReadOnlyList<string> ClusterNames { get; init; }

    /// <summary>C: how many clusters take part in training.</summary>
    public required int SeenClusterCount { get; init; }

    /// <summary>The sensitive attributes, in the definition's order.</summary>
    public required IReadOnlyList<SensitiveAttribute> Sensitive { get; init; }

    /// <summary>What the encoder reads, in the definition's order.</summary>
    public required IReadOnlyList<FeatureSource> Features { get; init; }

    /// <summary>Ascending row numbers whose cluster is seen.</summary>
    public required int[] SeenRows { get; init; }

    /// <summary>Ascending row numbers whose cluster is not seen.</summary>
    public required int[] UnseenRows { get; init; }

    /// <summary>Per row its data row in the file (1 is the first record after the header).</summary>
    public required int[] SourceRows { get; init; }

    /// <summary>How many rows each exclusion of the definition removed, in its order.</summary>
    public required IReadOnlyList<int> Excluded { get; init; }

    /// <summary>Warnings that do not prevent the study, such as a constant feature.</summary>
    public IReadOnlyList<InputFault> Warnings { get; init; } = [];

    /// <summary>The same rows with other features.</summary>
    public StudyData WithFeatures(IReadOnlyList<FeatureSource> features) => With(features, UnseenRows);

    /// <summary>The same rows, of which fewer count as those of unseen clusters.</summary>
    public StudyData WithUnseenRows(int[] unseenRows) => With(Features, unseenRows);

    private StudyData With(IReadOnlyList<FeatureSource> features, int[] unseenRows) => new()
    {
        Task = Task,
        Target = Target,
        TargetDescription = TargetDescription,
        TargetLevels = TargetLevels,
        Cluster = Cluster,
        ClusterColumn = ClusterColumn,
        ClusterNames = ClusterNames,
        SeenClusterCount = SeenClusterCount,
        Sensitive = Sensitive,
        Features = features,
        SeenRows = SeenRows,
        UnseenRows = unseenRows,
        SourceRows = SourceRows,
        Excluded = Excluded,
        Warnings = Warnings,
    };

    /// <summary>How many rows were kept.</summary>
    public int RowCount => Target.Length;

    /// <summary>Returns the population SD of a regression's target over seen rows; null for classification.</summary>
    public double? TargetSd()
    {
        if (Task == PredictionTask.Classification) return null;
        double mean = SeenRows.Average(row => (double)Target[row]);
        return Math.Sqrt(SeenRows.Average(row => (Target[row] - mean) * (Target[row] - mean)));
    }
}

/// <summary>
/// A feature before encoding: a category by code, or a number. A sensitive column enters by its groups
/// (<see cref="Attribute"/> is then its index in <see cref="StudyData.Sensitive"/>).
/// </summary>
public sealed record FeatureSource
{
    /// <summary>Column name in the file.</summary>
    public required string Column { get; init; }

    /// <summary>Per row a level's code; null for a numeric feature.</summary>
    public int[]? Codes { get; init; }

    /// <summary>Level names by code. Missing values form the level "(missing)".</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>Per row a number, NaN where missing; null for a category.</summary>
    public float[]? Numbers { get; init; }

    /// <summary>The sensitive attribute that this column is, if it is one.</summary>
    public int? Attribute { get; init; }

    /// <summary>Whether it is a confounding probe, added to the study and not in the file.</summary>
    public bool IsProbe { get; init; }
}
