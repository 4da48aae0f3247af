using FairMedl.Core.Data;
using FairMedl.Web.Components;

namespace FairMedl.Web.Roles;

/// <summary>What a definition makes of a table, before any training: sizes and faults, or sizes and groups.</summary>
public sealed record RolePreview
{
    /// <summary>Everything that is wrong; empty where a study can be made.</summary>
    public IReadOnlyList<InputFault> Faults { get; init; } = [];

    /// <summary>What is odd and stops nothing.</summary>
    public IReadOnlyList<InputFault> Warnings { get; init; } = [];

    /// <summary>What is predicted, in a sentence; null with faults.</summary>
    public string? Sentence { get; init; }

    /// <summary>Rows after exclusions.</summary>
    public int Rows { get; init; }

    /// <summary>Rows of seen clusters.</summary>
    public int SeenRows { get; init; }

    /// <summary>Rows of clusters that are held out whole.</summary>
    public int UnseenRows => Rows - SeenRows;

    /// <summary>All clusters.</summary>
    public int Clusters { get; init; }

    /// <summary>Those that take part in training.</summary>
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

    /// <summary>Builds the study's data and counts; takes as long as the table has rows.</summary>
    public static RolePreview Of(Table table, DataSpecification specification)
    {
        StudyData data;
        try
        {
            data = StudyDataBuilder.Build(table, specification);
        }
        catch (InputException e)
        {
            return new() { Faults = [.. e.Faults.Select(Told).Distinct()] };
        }

        return new()
        {
            Warnings = data.Warnings,
            Sentence = Sentenced(data),
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

    // On a page a role is chosen, not named by a path.
    private static InputFault Told(InputFault fault) => fault switch
    {
        { Path: "$.data.target.column", Column: null or "" } => new("No column is the target.", "Give one column the role of target."),
        { Path: "$.data.cluster.column", Column: null or "" } => new("No column is the cluster.", "Give one column the role of cluster."),
        { Path: "$.data.sensitive" } => new("No column is sensitive, and a study needs at least one.", "Give the column whose groups are to be audited the role of sensitive."),
        { Path: "$.data.target.column" } when fault.Remedy.Contains("\"exclude\"", StringComparison.Ordinal) => fault with { Remedy = "Leave these rows out; the target's part of this page has a button for it." },
        _ => fault,
    };

    private static string Sentenced(StudyData data)
    {
        double mean = data.Target.Length == 0 ? 0 : data.Target.Average(y => (double)y);
        return data.Task switch
        {
            PredictionTask.Classification => $"Predicting {data.TargetDescription}: {Display.Percent(mean)} of {Display.Count(data.RowCount, "row", "rows")}.",
            PredictionTask.Regression => $"Predicting {data.TargetDescription} as a number, {Display.Fixed(mean, Display.DecimalsFor([mean]))} on average over {Display.Count(data.RowCount, "row", "rows")}.",
        };
    }
}
