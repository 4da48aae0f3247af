using System.Text.Json.Serialization;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Core.Data.Encoders;

/// <summary>
/// What a <see cref="FeatureEncoder"/> learned from its training rows, as plain data: enough to encode rows of any file
/// with the same columns.
/// </summary>
/// <param name="Features">The features in the order of the definition, probes last.</param>
/// <param name="Attributes">How many sensitive attributes the study has.</param>
public sealed record FittedEncoder(IReadOnlyList<FittedFeature> Features, int Attributes)
{
    /// <summary>The columns that it encodes to.</summary>
    [JsonIgnore]
    public EncodedLayout Layout
    {
        get
        {
            var features = new List<EncodedFeature>();
            var blocks = new EncodedBlock?[Attributes];
            foreach (FittedFeature feature in Features)
            {
                if (feature.Attribute is { } a) blocks[a] = new EncodedBlock(features.Count, feature.Width);
                features.AddRange(feature.Columns);
            }

            return new EncodedLayout(features, blocks);
        }
    }
}

/// <summary>One feature of a <see cref="FittedEncoder"/>: a category with its levels, or a number with its scale.</summary>
public sealed record FittedFeature
{
    /// <summary>Column name in the file.</summary>
    public required string Column { get; init; }

    /// <summary>Whether it is a confounding probe, which no file has.</summary>
    public bool IsProbe { get; init; }

    /// <summary>The sensitive attribute that this column is, if it is one.</summary>
    public int? Attribute { get; init; }

    /// <summary>The levels that have a column, in the columns' order; null for a number.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>A number's mean over the training rows.</summary>
    public double Mean { get; init; }

    /// <summary>1 / population SD over the training rows; 0 for a constant.</summary>
    public double Scale { get; init; }

    /// <summary>Whether a number has an indicator of missing values: the training rows have some.</summary>
    public bool HasIndicator { get; init; }

    /// <summary>How many encoded columns it has.</summary>
    [JsonIgnore]
    public int Width => Levels?.Count ?? (HasIndicator ? 2 : 1);

    /// <summary>Encoded columns of the feature.</summary>
    [JsonIgnore]
    public IEnumerable<EncodedFeature> Columns
    {
        get
        {
            if (Levels is not null) return Levels.Select(level => new EncodedFeature($"{Column} = {level}", Column, level, IsProbe));
            var number = new EncodedFeature(Column, Column, null, IsProbe);
            return HasIndicator ? [number, new EncodedFeature($"{Column} = {LevelCoding.MissingName}", Column, LevelCoding.MissingName,
                IsProbe)] : [number];
        }
    }
}
