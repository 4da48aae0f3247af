using FairMedl.Core.Fits;

namespace FairMedl.Core.Interpretation;

/// <summary>Unit of a feature by which gradient importance is measured.</summary>
public enum ImportanceScale
{
    /// <summary>One SD of the encoded column over the training rows, so that rare levels and numbers are comparable.</summary>
    StandardDeviation,

    /// <summary>One unit of the encoded column: the presence of a level. For results that did not record SDs.</summary>
    EncodedUnit,
}

/// <summary>
/// How much a model's fixed effects depend on each feature: the median over its fits of the absolute gradient of y_F, and the
/// permutation importance of each column of the file. Ranks start at 1.
/// </summary>
/// <param name="Model">The model's id.</param>
/// <param name="Features">Gradient importance by encoded feature, most important first; each level of a category is a feature.</param>
/// <param name="Columns">Gradient importance by column of the file: its levels' sum within each fit, most important first.</param>
public sealed record ImportanceResult(string Model, IReadOnlyList<FeatureImportance> Features,
    IReadOnlyList<ColumnImportance>? Columns = null)
{
    /// <summary>Unit of the gradient importances.</summary>
    public ImportanceScale Scale { get; init; } = ImportanceScale.StandardDeviation;

    /// <summary>Where the gradient is taken.</summary>
    public ImportanceRule Rule { get; init; } = ImportanceRule.MeanAbsolute;

    /// <summary>Permutation importance by column of the file, most important first; null where some fits did not measure it.</summary>
    public IReadOnlyList<PermutationImportance>? Permutation { get; init; }

    /// <summary>The share of the confounding probes in the sum of the columns' gradient importances; null without probes.</summary>
    public double? ProbeShare =>
        Columns is { } columns && columns.Any(c => c.IsProbe) && columns.Sum(c => c.Importance) is > 0 and var total
            ? columns.Where(c => c.IsProbe).Sum(c => c.Importance) / total : null;
}

/// <summary>Gradient importance of one encoded feature.</summary>
/// <param name="Feature">Its name, such as "race = White".</param>
/// <param name="Column">The column in the file.</param>
/// <param name="IsProbe">Whether it is a confounding probe.</param>
/// <param name="Importance">Median over the fits, on the scale of <see cref="ImportanceResult.Scale"/>.</param>
/// <param name="Rank">Its place by that median, from 1.</param>
/// <param name="MedianRank">Median of its places in the single fits.</param>
/// <param name="BestRank">Its best place in a fit.</param>
/// <param name="WorstRank">Its worst place in a fit.</param>
/// <param name="PerUnit">Median over the fits per unit of the encoded column, on either scale.</param>
public sealed record FeatureImportance(
    string Feature,
    string Column,
    bool IsProbe,
    double Importance,
    int Rank,
    double? MedianRank = null,
    int? BestRank = null,
    int? WorstRank = null,
    double? PerUnit = null);

/// <summary>One column's gradient importance: its levels' summed within each fit, then the median over the fits.</summary>
public sealed record ColumnImportance(string Column, bool IsProbe, double Importance, int Rank);
