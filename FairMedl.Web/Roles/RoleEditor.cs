using FairMedl.Core.Data;
using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Roles;

/// <summary>Which clusters are seen in training.</summary>
public enum SeenBy
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>So many of the most frequent ones.</summary>
    Count,

    /// <summary>As few of the most frequent ones as hold a share of the rows.</summary>
    Share,
}

/// <summary>
/// The roles of a table as a person edits them: starts from a definition, keeps one target and one cluster, and gives a
/// definition again. Whether that definition fits the table is <see cref="RolePreview"/>'s to say.
/// </summary>
public sealed class RoleEditor
{
    /// <summary>Numbers with more distinct values than this are amounts unless the person says otherwise.</summary>
    public const int FewNumbers = 10;

    private readonly Dictionary<string, NumberCounts> counts = new(StringComparer.Ordinal);
    private readonly List<RowExclusion> exclusions;

    /// <summary>From a definition (a draft, or the guess) with the guess's reasons.</summary>
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

    /// <summary>What is predicted.</summary>
    public PredictionTask Task { get; private set; }

    /// <summary>The values of the positive class.</summary>
    public IReadOnlyList<string> Positive { get; private set; }

    /// <summary>Which clusters are seen.</summary>
    public SeenBy SeenBy { get; private set; }

    /// <summary>For <see cref="Roles.SeenBy.Count"/>.</summary>
    public int SeenCount { get; private set; }

    /// <summary>For <see cref="Roles.SeenBy.Share"/>, 0 to 1.</summary>
    public double SeenShare { get; private set; }

    /// <summary>Rows that are left out.</summary>
    public IReadOnlyList<RowExclusion> Exclusions => exclusions;

    /// <summary>What a change changed besides, in a sentence; null where nothing.</summary>
    public string? Notice { get; private set; }

    /// <summary>Gives a column a role; another column that had the one role of target or cluster is ignored from then on, and the notice says so.</summary>
    public void SetRole(ColumnChoice choice, ColumnRole role)
    {
        Notice = null;
        if (choice.Role == role) return;
        if (role is ColumnRole.Target or ColumnRole.Cluster && Columns.FirstOrDefault(c => c.Role == role) is { } former)
        {
            former.Role = ColumnRole.Ignored;
            Notice = $"{former.Column.Name} was the {(role == ColumnRole.Target ? "target" : "cluster")} and is ignored now. Give it another role if it should have one.";
        }

        choice.Role = role;
        choice.BinFault = null;
        if (role == ColumnRole.Cluster) SeenFault = null;
        if (role == ColumnRole.Target) ProposeTask(choice.Column);
        if (role != ColumnRole.Sensitive) return;
        choice.IsRead = true;
        if (choice.Bins is null && NeedsBins(choice.Column)) SetThirds(choice);
    }

    /// <summary>Whether the networks read a sensitive column.</summary>
    public void SetRead(ColumnChoice choice, bool isRead) => choice.IsRead = isRead;

    /// <summary>Whether the numbers of a feature are codes.</summary>
    public void SetCategorical(ColumnChoice choice, bool isCategorical) => choice.IsCategorical = isCategorical;

    /// <summary>Classification or regression.</summary>
    public void SetTask(PredictionTask task) => Task = task;

    /// <summary>Puts a value into the positive class or takes it out.</summary>
    public void SetPositive(string value, bool isPositive) =>
        Positive = isPositive ? [.. Positive.Where(p => p != value), value] : [.. Positive.Where(p => p != value)];

    /// <summary>Bins from what was typed; text that is no list of bounds is kept as a fault and the brackets stay as they were.</summary>
    public void SetBins(ColumnChoice choice, string text)
    {
        choice.BinFault = BinText.TryParse(text, out IReadOnlyList<double> bounds, out string? fault)
            ? null
            : new InputFault($"The brackets cannot be read. {fault}", "Mend the bounds, or choose no brackets.", Column: choice.Column.Name, Value: text);
        if (choice.BinFault is null) choice.Bins = bounds;
    }

    /// <summary>Round bounds near the thirds.</summary>
    public void SetThirds(ColumnChoice choice)
    {
        if (Counts(choice).Thirds is { Count: > 0 } thirds) (choice.Bins, choice.BinFault) = (thirds, null);
    }

    /// <summary>Every value a group.</summary>
    public void ClearBins(ColumnChoice choice) => (choice.Bins, choice.BinFault) = (null, null);

    /// <summary>Which clusters are seen.</summary>
    public void SetSeen(SeenBy by, int? count = null, double? share = null)
    {
        (SeenBy, SeenCount, SeenShare) = (by, count ?? SeenCount, share ?? SeenShare);
        SeenFault = null;
    }

    /// <summary>What was typed as a number or a share of seen clusters; where it is none it is kept as a fault, and the clusters stay as they were.</summary>
    public void TypeSeen(SeenBy by, string text)
    {
        (double? value, string? fault) = SeenRange(by).Read(text);
        if (value is not { } number) SeenFault = new InputFault(fault!, "Mend it, or choose which clusters are seen in another way.", Column: Cluster?.Column.Name, Value: text);
        else if (by == SeenBy.Count) SetSeen(by, count: (int)number);
        else SetSeen(by, share: number / 100);
    }

    /// <summary>What was typed of the seen clusters and cannot be used; null = nothing.</summary>
    public InputFault? SeenFault { get; private set; }

    /// <summary>All clusters of the file, one of rows without a name among them.</summary>
    public int ClusterCount => Cluster is { Column: var column } ? column.DistinctCount + (column.MissingCount > 0 ? 1 : 0) : 0;

    /// <summary>What the field of the seen clusters takes.</summary>
    public NumberRange SeenRange(SeenBy by) => by == SeenBy.Share
        ? new NumberRange("Per cent of the rows", 1, 100)
        : new NumberRange("Seen clusters", 2, Math.Max(2, ClusterCount), IsWhole: true);

    /// <summary>Leaves rows with these values out; an exclusion of the same column is widened.</summary>
    public void Exclude(string column, IReadOnlyList<string> values)
    {
        int at = exclusions.FindIndex(e => e.Column == column);
        if (at < 0) exclusions.Add(new(column, values));
        else exclusions[at] = new(column, [.. exclusions[at].Values.Union(values, StringComparer.Ordinal)]);
    }

    /// <summary>Takes an exclusion back.</summary>
    public void Include(RowExclusion exclusion) => exclusions.Remove(exclusion);

    /// <summary>The numbers of a column, counted on first use.</summary>
    public NumberCounts Counts(ColumnChoice choice)
    {
        if (!counts.TryGetValue(choice.Column.Name, out NumberCounts? counted)) counts[choice.Column.Name] = counted = new(choice.Column);
        return counted;
    }

    /// <summary>What was typed and could not be read; the definition does not know of it.</summary>
    public IReadOnlyList<InputFault> Unread => [.. Sensitive.Select(c => c.BinFault).Append(SeenFault).OfType<InputFault>()];

    /// <summary>The definition as it stands. A missing target or cluster has an empty name, which building refuses.</summary>
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

    private static bool NeedsBins(Column column) => column.Kind == ColumnKind.Number && (!column.HasLevels || column.DistinctCount > FewNumbers);

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
        // The larger of two numbers is usually the yes; which of two words is, only a person knows.
        Positive = Task == PredictionTask.Classification && column is { Kind: ColumnKind.Number, Levels.Count: > 0 } ? [column.Levels[^1]] : [];
    }
}
