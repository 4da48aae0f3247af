using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Web.Components;

namespace FairMedl.Web.Roles;

/// <summary>The rows, clusters and groups that a data specification gives on a table, or the issues that prevent a study.</summary>
public sealed record RolePreview
{
    /// <summary>The issues that prevent a study; empty where there are none.</summary>
    public IReadOnlyList<InputFault> Faults { get; init; } = [];

    /// <summary>Warnings that do not prevent a study.</summary>
    public IReadOnlyList<InputFault> Warnings { get; init; } = [];

    /// <summary>The prediction task in a sentence; null with faults.</summary>
    public string? Sentence { get; init; }

    /// <summary>Rows after exclusions.</summary>
    public int Rows { get; init; }

    /// <summary>Rows of seen clusters.</summary>
    public int SeenRows { get; init; }

    /// <summary>Rows of unseen clusters.</summary>
    public int UnseenRows => Rows - SeenRows;

    /// <summary>All clusters.</summary>
    public int Clusters { get; init; }

    /// <summary>Seen clusters.</summary>
    public int SeenClusters { get; init; }

    /// <summary>By sensitive attribute: its groups over the rows of seen clusters.</summary>
    public IReadOnlyList<GroupTable> Seen { get; init; } = [];

    /// <summary>By sensitive attribute: its groups over the other rows.</summary>
    public IReadOnlyList<GroupTable> Unseen { get; init; } = [];

    /// <summary>By pair of sensitive attributes: their intersections over the rows of seen clusters.</summary>
    public IReadOnlyList<GroupTable> Intersection { get; init; } = [];

    /// <summary>Rows that each exclusion removed.</summary>
    public IReadOnlyList<int> Excluded { get; init; } = [];

    /// <summary>Whether a study can be made.</summary>
    public bool IsUsable => Faults.Count == 0;

    /// <summary>Builds the study's data and counts; linear in the table's rows.</summary>
    public static RolePreview Of(Table table, DataSpecification specification)
    {
        StudyData data;
        try
        {
            data = StudyDataBuilder.Build(table, specification);
        }
        catch (InputException e)
        {
            return new() { Faults = [.. e.Faults.Select(Worded).Distinct()] };
        }

        return new()
        {
            Warnings = data.Warnings,
            Sentence = SentenceOf(data),
            Rows = data.RowCount,
            SeenRows = data.SeenRows.Length,
            Clusters = data.ClusterNames.Count,
            SeenClusters = data.SeenClusterCount,
            Seen = [.. data.Sensitive.Select((_, a) => GroupTable.Count(data, data.SeenRows, a))],
            Unseen = [.. data.Sensitive.Select((_, a) => GroupTable.Count(data, data.UnseenRows, a))],
            Intersection = [.. Pairs(data.Sensitive.Count).Select(p => GroupTable.Count(data, data.SeenRows, p.First, p.Second))],
            Excluded = data.Excluded,
        };
    }

    private static IEnumerable<(int First, int Second)> Pairs(int attributes) =>
        from first in Enumerable.Range(0, attributes) from second in Enumerable.Range(first + 1, attributes - first - 1) select (first, second);

    // The page has controls for roles, so its messages name these and not the paths of a definition.
    private static InputFault Worded(InputFault fault) => fault switch
    {
        { Path: "$.data.target.column", Column: null or "" } => new("No column is the target.", "Set the role of the column that you want to predict to Target."),
        { Path: "$.data.cluster.column", Column: null or "" } => new("No column is the cluster.", "Set the role of the column that groups the rows to Cluster."),
        { Path: "$.data.sensitive" } => new("No column is sensitive. A study needs at least one.", "Set the role of at least one column whose groups you want to compare to Sensitive."),
        { Path: "$.data.target.column" } when fault.Remedy.Contains("\"exclude\"", StringComparison.Ordinal) => fault with { Remedy = "Exclude these rows with the button below the target." },
        _ => fault,
    };

    private static string SentenceOf(StudyData data)
    {
        double mean = data.Target.Length == 0 ? 0 : data.Target.Average(y => (double)y);
        return data.Task switch
        {
            PredictionTask.Classification =>
                $"Predicting {data.TargetDescription}: {Display.Percent(mean)} of {Display.Count(data.RowCount, "row", "rows")}.",
            PredictionTask.Regression =>
                $"Predicting {data.TargetDescription} as a number, {Display.Fixed(mean, Display.DecimalsFor([mean]))} on average over {Display.Count(data.RowCount, "row", "rows")}.",
        };
    }
}
