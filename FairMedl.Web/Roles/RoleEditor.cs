using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Web.Components.Fields;
using FairMedl.Web.Roles.Binning;

namespace FairMedl.Web.Roles;

/// <summary>Which clusters are seen in training.</summary>
public enum SeenBy
{
    /// <summary>All clusters.</summary>
    All,

    /// <summary>A number of the largest clusters.</summary>
    Count,

    /// <summary>The fewest largest clusters that hold a share of the rows.</summary>
    Share,
}

/// <summary>
/// The roles of a table while they are edited, with one target and one cluster at most. <see cref="RolePreview"/> checks whether
/// the resulting specification fits the table.
/// </summary>
public sealed class RoleEditor
{
    /// <summary>Numeric columns with more distinct values than this are amounts unless marked as categories.</summary>
    public const int FewNumbers = 10;

    private readonly Dictionary<string, NumberCounts> counts = new(StringComparer.Ordinal);
    private readonly List<RowExclusion> exclusions;

    /// <summary>Starts from a specification (a draft or the guess), with the reasons of the guess.</summary>
    public RoleEditor(Table table, RoleGuesses guesses, DataSpecification start)
    {
        Table = table;
        Dictionary<string, string> reasons = guesses.Columns.ToDictionary(g => g.Column, g => g.Reason, StringComparer.Ordinal);
        Columns = [.. table.Columns.Select(c => new ColumnChoice(c, reasons.GetValueOrDefault(c.Name, "")))];
        foreach (ColumnChoice choice in Columns) Adopt(choice, start);
        Task = start.Target.Task;
        Positive = start.Target.Positive ?? [];
        (SeenBy, SeenCount, SeenShare) = start.Cluster switch
        {
            { Seen: { } count } => (SeenBy.Count, count, .7),
            { SeenShare: { } share } => (SeenBy.Share, 10, share),
            _ => (SeenBy.All, 10, .7),
        };
        exclusions = [.. start.Exclude];
    }

    /// <summary>The table.</summary>
    public Table Table { get; }

    /// <summary>By column of the table.</summary>
    public IReadOnlyList<ColumnChoice> Columns { get; }

    /// <summary>The one target, or null.</summary>
    public ColumnChoice? Target => Columns.FirstOrDefault(c => c.Role == ColumnRole.Target);

    /// <summary>The one cluster, or null.</summary>
    public ColumnChoice? Cluster => Columns.FirstOrDefault(c => c.Role == ColumnRole.Cluster);

    /// <summary>The sensitive columns in the table's order.</summary>
    public IEnumerable<ColumnChoice> Sensitive => Columns.Where(c => c.Role == ColumnRole.Sensitive);

    /// <summary>The prediction task.</summary>
    public PredictionTask Task { get; private set; }

    /// <summary>The values of the positive class.</summary>
    public IReadOnlyList<string> Positive { get; private set; }

    /// <summary>Sets which clusters are seen.</summary>
    public SeenBy SeenBy { get; private set; }

    /// <summary>For <see cref="Roles.SeenBy.Count"/>.</summary>
    public int SeenCount { get; private set; }

    /// <summary>For <see cref="Roles.SeenBy.Share"/>, 0 to 1.</summary>
    public double SeenShare { get; private set; }

    /// <summary>The excluded rows.</summary>
    public IReadOnlyList<RowExclusion> Exclusions => exclusions;

    /// <summary>A side effect of the last change, in a sentence; null where there was none.</summary>
    public string? Notice { get; private set; }

    /// <summary>
    /// Sets a column's role. Another column that was the target or the cluster becomes ignored, and the notice says so.
    /// </summary>
    public void SetRole(ColumnChoice choice, ColumnRole role)
    {
        Notice = null;
        if (choice.Role == role) return;
        if (role is ColumnRole.Target or ColumnRole.Cluster && Columns.FirstOrDefault(c => c.Role == role) is { } former)
        {
            former.Role = ColumnRole.Ignored;
            Notice = $"{former.Column.Name} was the {(role == ColumnRole.Target ? "target" : "cluster")} and is ignored now. Set another role if it needs one.";
        }

        choice.Role = role;
        choice.BinFault = null;
        if (role == ColumnRole.Cluster) SeenFault = null;
        if (role == ColumnRole.Target) ProposeTask(choice.Column);
        if (role != ColumnRole.Sensitive) return;
        choice.IsRead = true;
        if (choice.Bins is null && NeedsBins(choice.Column)) SetThirds(choice);
    }

    /// <summary>Sets whether a sensitive column is also a feature.</summary>
    public void SetRead(ColumnChoice choice, bool isRead) => choice.IsRead = isRead;

    /// <summary>Sets whether the numbers of a feature are codes of categories.</summary>
    public void SetCategorical(ColumnChoice choice, bool isCategorical) => choice.IsCategorical = isCategorical;

    /// <summary>Sets the prediction task.</summary>
    public void SetTask(PredictionTask task) => Task = task;

    /// <summary>Adds a value to the positive class or removes it.</summary>
    public void SetPositive(string value, bool isPositive) =>
        Positive = isPositive ? [.. Positive.Where(p => p != value), value] : [.. Positive.Where(p => p != value)];

    /// <summary>
    /// Sets the bins from the typed cut points. Text that cannot be read is kept as a fault, and the bins stay as they were.
    /// </summary>
    public void SetBins(ColumnChoice choice, string text)
    {
        choice.BinFault = BinText.TryParse(text, out IReadOnlyList<double> bounds, out string? fault)
            ? null
            : new InputFault($"The bins cannot be read. {fault}", "Fix the cut points, or choose No bins.", Column: choice.Column.Name, Value: text);
        if (choice.BinFault is null) choice.Bins = bounds;
    }

    /// <summary>Sets round cut points near the terciles.</summary>
    public void SetThirds(ColumnChoice choice)
    {
        if (Counts(choice).Thirds is { Count: > 0 } thirds) (choice.Bins, choice.BinFault) = (thirds, null);
    }

    /// <summary>Removes the bins: each distinct value is a group.</summary>
    public void ClearBins(ColumnChoice choice) => (choice.Bins, choice.BinFault) = (null, null);

    /// <summary>Sets which clusters are seen.</summary>
    public void SetSeen(SeenBy by, int? count = null, double? share = null)
    {
        (SeenBy, SeenCount, SeenShare) = (by, count ?? SeenCount, share ?? SeenShare);
        SeenFault = null;
    }

    /// <summary>
    /// Sets the number or share of seen clusters from text. Text that cannot be used is kept as a fault, and the clusters
    /// stay as they were.
    /// </summary>
    public void TypeSeen(SeenBy by, string text)
    {
        (double? value, string? fault) = SeenRange(by).Read(text);
        if (value is not { } number) SeenFault = new InputFault(fault!, "Fix the number, or choose another option for the seen clusters.", Column: Cluster?.Column.Name, Value: text);
        else if (by == SeenBy.Count) SetSeen(by, count: (int)number);
        else SetSeen(by, share: number / 100);
    }

    /// <summary>What is wrong with the typed number or share of seen clusters; null = nothing.</summary>
    public InputFault? SeenFault { get; private set; }

    /// <summary>Number of clusters in the file; rows without a cluster count as one.</summary>
    public int ClusterCount => Cluster is { Column: var column } ? column.DistinctCount + (column.MissingCount > 0 ? 1 : 0) : 0;

    /// <summary>The numbers that the field of the seen clusters accepts.</summary>
    public NumberRange SeenRange(SeenBy by) => by == SeenBy.Share
        ? new NumberRange("Percentage of the rows", 1, 100)
        : new NumberRange("Seen clusters", 2, Math.Max(2, ClusterCount), IsWhole: true);

    /// <summary>Excludes rows with these values, in addition to values of the same column that are excluded already.</summary>
    public void Exclude(string column, IReadOnlyList<string> values)
    {
        int at = exclusions.FindIndex(e => e.Column == column);
        if (at < 0) exclusions.Add(new(column, values));
        else exclusions[at] = new(column, [.. exclusions[at].Values.Union(values, StringComparer.Ordinal)]);
    }

    /// <summary>Removes an exclusion.</summary>
    public void Include(RowExclusion exclusion) => exclusions.Remove(exclusion);

    /// <summary>The counts of a numeric column, computed on first use.</summary>
    public NumberCounts Counts(ColumnChoice choice)
    {
        if (!counts.TryGetValue(choice.Column.Name, out NumberCounts? counted)) counts[choice.Column.Name] = counted = new(choice.Column);
        return counted;
    }

    /// <summary>Input that could not be read. It is not part of the specification.</summary>
    public IReadOnlyList<InputFault> Unread => [.. Sensitive.Select(c => c.BinFault).Append(SeenFault).OfType<InputFault>()];

    /// <summary>
    /// The edited specification. A missing target or cluster has an empty name, which <see cref="RolePreview"/> reports.
    /// </summary>
    public DataSpecification ToSpecification() => new()
    {
        Target = new(Target?.Column.Name ?? "", Task, Task == PredictionTask.Classification ? Positive : null),
        Cluster = new(Cluster?.Column.Name ?? "", SeenBy == SeenBy.Count ? SeenCount : null, SeenBy == SeenBy.Share ? SeenShare : null),
        Sensitive = [.. Sensitive.Select(c => new SensitiveSpecification(c.Column.Name, c.Bins))],
        Features = [.. Columns.Where(c => c.Role == ColumnRole.Feature || (c.Role == ColumnRole.Sensitive && c.IsRead)).Select(c => c.Column.Name)],
        Categorical = [.. Columns.Where(c => c.CanBeCategorical && c.IsCategorical).Select(c => c.Column.Name)],
        Exclude = [.. exclusions],
        Csv = Table.ReadAs,
    };

    private static bool NeedsBins(Column column) =>
        column.Kind == ColumnKind.Number && (!column.HasLevels || column.DistinctCount > FewNumbers);

    private static void Adopt(ColumnChoice choice, DataSpecification start)
    {
        string name = choice.Column.Name;
        bool isRead = start.Features.Contains(name, StringComparer.Ordinal);
        SensitiveSpecification? sensitive = start.Sensitive.FirstOrDefault(s => s.Column == name);
        choice.Role = start.Target.Column == name ? ColumnRole.Target
            : start.Cluster.Column == name ? ColumnRole.Cluster
            : sensitive is not null ? ColumnRole.Sensitive
            : isRead ? ColumnRole.Feature
            : ColumnRole.Ignored;
        choice.IsRead = isRead;
        choice.IsCategorical = start.Categorical.Contains(name, StringComparer.Ordinal);
        choice.Bins = sensitive?.Bins;
    }

    private void ProposeTask(Column column)
    {
        Task = NeedsBins(column) ? PredictionTask.Regression : PredictionTask.Classification;
        // Of two numbers the larger is usually the positive class. Of two words, the user chooses.
        Positive = Task == PredictionTask.Classification && column is { Kind: ColumnKind.Number, Levels.Count: > 0 } ? [column.Levels[^1]] : [];
    }
}
