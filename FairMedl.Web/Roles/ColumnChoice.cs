using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Web.Roles;

/// <summary>The role of a column and its options.</summary>
public sealed class ColumnChoice(Column column, string reason)
{
    /// <summary>The column.</summary>
    public Column Column { get; } = column;

    /// <summary>The reason for the guessed role.</summary>
    public string Reason { get; } = reason;

    /// <summary>Its role.</summary>
    public ColumnRole Role { get; internal set; }

    /// <summary>For a sensitive column: whether models also read its groups as a feature.</summary>
    public bool IsRead { get; internal set; }

    /// <summary>For a numeric feature: whether the numbers are codes of categories.</summary>
    public bool IsCategorical { get; internal set; }

    /// <summary>For a numeric sensitive column: the cut points of its bins; null = each distinct value is a group.</summary>
    public IReadOnlyList<double>? Bins { get; internal set; }

    /// <summary>What is wrong with the typed cut points; null = nothing.</summary>
    public InputFault? BinFault { get; internal set; }

    /// <summary>Whether its numbers can be codes of categories.</summary>
    public bool CanBeCategorical => Role == ColumnRole.Feature && Column is { Kind: ColumnKind.Number, HasLevels: true };

    /// <summary>The roles that its values allow.</summary>
    public IReadOnlyList<ColumnRole> Roles => Column.Kind switch
    {
        ColumnKind.Empty or ColumnKind.TooManyValues => [ColumnRole.Ignored],
        ColumnKind.Number when !Column.HasLevels => [ColumnRole.Ignored, ColumnRole.Feature, ColumnRole.Sensitive, ColumnRole.Target],
        ColumnKind.Number or ColumnKind.Text =>
            [ColumnRole.Ignored, ColumnRole.Feature, ColumnRole.Sensitive, ColumnRole.Cluster, ColumnRole.Target],
    };
}
