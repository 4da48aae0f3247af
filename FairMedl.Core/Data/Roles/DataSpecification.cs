using System.Text.Json.Serialization;

namespace FairMedl.Core.Data.Roles;

/// <summary>What a column is for. A sensitive column may be a feature as well (it then enters as its groups).</summary>
public enum ColumnRole { Ignored, Feature, Sensitive, Cluster, Target }

/// <summary>What is predicted: a yes or no, or a number.</summary>
public enum PredictionTask { Classification, Regression }

/// <summary>
/// Which columns of a table play which role, which rows are left out, and which clusters are seen: the part
/// <c>"data"</c> of a study's definition. Column names are those of the file.
/// </summary>
public sealed record DataSpecification
{
    /// <summary>Target column and its task.</summary>
    public required TargetSpecification Target { get; init; }

    /// <summary>The grouping whose rows are alike (occupation, hospital, school); never a feature.</summary>
    public required ClusterSpecification Cluster { get; init; }

    /// <summary>The attributes whose groups are audited, all in one model.</summary>
    public required IReadOnlyList<SensitiveSpecification> Sensitive { get; init; }

    /// <summary>The columns that the networks read, in this order. A sensitive column listed here enters as its groups.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Features whose numbers are codes (a state, an occupation): they enter as categories.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Rows left out before anything else is done.</summary>
    public IReadOnlyList<RowExclusion> Exclude { get; init; } = [];

    /// <summary>All column names in the specification, in any role; may contain duplicates.</summary>
    internal IEnumerable<string> Columns =>
        [Target.Column, Cluster.Column, .. Sensitive.Select(s => s.Column), .. Features, .. Categorical, .. Exclude.Select(e => e.Column)];

    /// <summary>How the file is read.</summary>
    public CsvOptions Csv { get; init; } = new();
}

/// <summary>The target column. For classification the listed values are the positive class, every other value negative.</summary>
/// <param name="Column">The column.</param>
/// <param name="Task">Classification by default.</param>
/// <param name="Positive">The values that count as positive; empty for regression.</param>
public sealed record TargetSpecification(string Column, PredictionTask Task = PredictionTask.Classification,
    IReadOnlyList<string>? Positive = null);

/// <summary>
/// The cluster column and which of its clusters are seen in training: the <paramref name="Seen"/> most frequent ones, or
/// the fewest most frequent ones that hold at least <paramref name="SeenShare"/> of the rows; with neither, all are seen.
/// Ties in frequency go to the name that sorts first (ordinal).
/// </summary>
public sealed record ClusterSpecification(string Column, int? Seen = null, double? SeenShare = null);

/// <summary>A sensitive column. Missing values form a group of their own.</summary>
/// <param name="Column">The column's name in the file.</param>
/// <param name="Bins">
/// Inner bounds of a numeric column's bins, ascending; null = every value is a group. [30, 45] gives "&lt;=30", "31-45" and
/// "&gt;45" for whole numbers. Each bin includes its upper bound and excludes its lower one.
/// </param>
public sealed record SensitiveSpecification(string Column, IReadOnlyList<double>? Bins = null)
{
    /// <summary>The name that definitions used for <see cref="Bins"/> before. Read, never written.</summary>
    internal const string OlderBins = "brackets";

    // report.json writes null values: without the condition it would say "brackets": null beside the bins.
    [JsonInclude, JsonPropertyName(OlderBins), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    private IReadOnlyList<double>? Brackets
    {
        // The serializer skips a list property without a getter; null is never written.
        get => null;
        init => Bins = value ?? Bins;
    }
}

/// <summary>Excludes rows in which a column has one of the given values; the empty string means missing.</summary>
public sealed record RowExclusion(string Column, IReadOnlyList<string> Values);

/// <summary>How a CSV is read. Null means: found out from the file.</summary>
public sealed record CsvOptions
{
    /// <summary>Comma, semicolon, tab or bar; null = found out from the first lines.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Whether the first record names the columns; null = found out.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Values (after trimming, and in exactly this spelling) that mean "missing", besides the empty field.</summary>
    public IReadOnlyList<string> Missing { get; init; } = ["?", "NA", "N/A", "NaN", "nan", "NULL", "null"];
}
