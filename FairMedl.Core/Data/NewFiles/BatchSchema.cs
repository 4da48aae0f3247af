using FairMedl.Core.Data.Roles;

namespace FairMedl.Core.Data.NewFiles;

/// <summary>What a trained model expects of a file that it never saw.</summary>
public sealed record BatchSchema
{
    /// <summary>Columns, roles, bins and exclusions, as the study had them.</summary>
    public required DataSpecification Data { get; init; }

    /// <summary>The values that a classification's target may have, as in the study; empty for regression.</summary>
    public required IReadOnlyList<string> TargetLevels { get; init; }

    /// <summary>The features in the study's order.</summary>
    public required IReadOnlyList<BatchFeature> Features { get; init; }

    /// <summary>By sensitive attribute, its groups' names by code.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Groups { get; init; }

    /// <summary>The seen clusters' names by code.</summary>
    public required IReadOnlyList<string> Clusters { get; init; }
}

/// <summary>A feature that a file must have.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Levels">The levels that any training row had; null for a number.</param>
/// <param name="Attribute">The sensitive attribute that it is, if it is one: it then enters by its groups.</param>
public sealed record BatchFeature(string Column, IReadOnlyList<string>? Levels, int? Attribute)
{
    /// <summary>The levels that the training rows of some fits had and of others had not; those others encode them as zeros.</summary>
    public IReadOnlyList<string> PartlyKnown { get; init; } = [];
}
