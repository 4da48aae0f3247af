using FairMedl.Core.Data;

namespace FairMedl.Web.Roles;

/// <summary>What a person has chosen for one column.</summary>
public sealed class ColumnChoice(Column column, string reason)
{
    /// <summary>The column.</summary>
    public Column Column { get; } = column;

    /// <summary>Why its role was proposed.</summary>
    public string Reason { get; } = reason;

    /// <summary>Its role.</summary>
    public ColumnRole Role { get; internal set; }

    /// <summary>For a sensitive column: whether the networks read it too, as its groups.</summary>
    public bool IsRead { get; internal set; }

    /// <summary>For a feature of numbers: whether they are codes.</summary>
    public bool IsCategorical { get; internal set; }

    /// <summary>For a sensitive column of numbers: its bounds; null = every value is a group.</summary>
    public IReadOnlyList<double>? Bins { get; internal set; }

    /// <summary>What was typed where it is no list of bounds, with what is wrong with it.</summary>
    public InputFault? BinFault { get; internal set; }

    /// <summary>Whether its values can be codes of categories instead of amounts.</summary>
    public bool CanBeCategorical => Role == ColumnRole.Feature && Column is { Kind: ColumnKind.Number, HasLevels: true };

    /// <summary>Which roles it can have at all.</summary>
    public IReadOnlyList<ColumnRole> Roles => Column.Kind switch
    {
        ColumnKind.Empty or ColumnKind.TooManyValues => [ColumnRole.Ignored],
        ColumnKind.Number when !Column.HasLevels => [ColumnRole.Ignored, ColumnRole.Feature, ColumnRole.Sensitive, ColumnRole.Target],
        ColumnKind.Number or ColumnKind.Text => [ColumnRole.Ignored, ColumnRole.Feature, ColumnRole.Sensitive, ColumnRole.Cluster, ColumnRole.Target],
    };
}
