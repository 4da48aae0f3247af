using FairMedl.Core.Data.Roles;

namespace FairMedl.Web.Individuals;

/// <summary>The names of the two classes of a study, as sentences and cells use them: "approved" and "not approved".</summary>
/// <param name="Positive">The positive class.</param>
/// <param name="Negative">The negative class.</param>
public sealed record ClassNames(string Positive, string Negative)
{
    // Values that only affirm the column's name: approved = yes.
    private static readonly HashSet<string> Affirmative = new(["1", "y", "yes", "t", "true"], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The names for a target: the column's where the positive value only affirms it, otherwise the values. The negative class is
    /// named by its value where there is only one.
    /// </summary>
    /// <param name="target">The target of the definition.</param>
    /// <param name="levels">All values of the target.</param>
    public static ClassNames Of(TargetSpecification target, IReadOnlyList<string> levels)
    {
        string[] positive = [.. (target.Positive ?? []).Select(p => p.Trim())];
        if (positive is [var one] && Affirmative.Contains(one))
        {
            string column = target.Column.Replace('_', ' ').Trim();
            return new ClassNames(column, $"not {column}");
        }

        if (positive.Length == 0) return new ClassNames("positive", "negative");
        string name = string.Join(" or ", positive);
        string[] others = [.. levels.Where(l => !positive.Contains(l.Trim(), StringComparer.Ordinal))];
        return new ClassNames(name, others is [var other] ? other : $"not {name}");
    }

    /// <summary>The name of a class.</summary>
    public string Of(bool isPositive) => isPositive ? Positive : Negative;
}
