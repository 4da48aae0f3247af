using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Roles;

/// <summary>Suggested role of a column.</summary>
/// <param name="Column">The column's name in the file.</param>
/// <param name="Role">The role.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="IsFeature">Whether the networks are to read it: features, and sensitive columns (as their groups).</param>
/// <param name="Bins">Bounds for a numeric sensitive column.</param>
/// <param name="IsCategorical">Whether its numbers are likely codes.</param>
public sealed record RoleGuess(string Column, ColumnRole Role, string Reason, bool IsFeature = false, IReadOnlyList<double>? Bins = null,
    bool IsCategorical = false);

/// <summary>A first proposal for a table's roles, for a person to correct.</summary>
/// <param name="Columns">By column of the table.</param>
/// <param name="Task">What is predicted.</param>
/// <param name="Positive">The values of the positive class; empty for a regression or without a target.</param>
/// <param name="TargetReason">The task and the positive class with their reason, in a sentence; says so where no target was found.</param>
/// <param name="SeenShare">The share of rows whose clusters are seen.</param>
public sealed record RoleGuesses(IReadOnlyList<RoleGuess> Columns, PredictionTask Task, IReadOnlyList<string> Positive, string TargetReason,
    double SeenShare)
{
    /// <summary>Suggests roles from the names and values of a table.</summary>
    public static RoleGuesses Of(Table table) => new RoleGuesser(table).Guess();

    /// <summary>
    /// The proposal as a definition; a role that no column was found for has an empty name, which building refuses with its place.
    /// </summary>
    public DataSpecification ToSpecification(Table table) => new()
    {
        Target = new TargetSpecification(NameOf(ColumnRole.Target), Task, Task == PredictionTask.Classification ? Positive : null),
        Cluster = new ClusterSpecification(NameOf(ColumnRole.Cluster), SeenShare: SeenShare),
        Sensitive = [.. Columns.Where(c => c.Role == ColumnRole.Sensitive).Select(c => new SensitiveSpecification(c.Column, c.Bins))],
        Features = [.. Columns.Where(c => c.IsFeature).Select(c => c.Column)],
        Categorical = [.. Columns.Where(c => c.Role == ColumnRole.Feature && c.IsCategorical).Select(c => c.Column)],
        Csv = table.ReadAs,
    };

    private string NameOf(ColumnRole role) => Columns.FirstOrDefault(c => c.Role == role)?.Column ?? "";
}
