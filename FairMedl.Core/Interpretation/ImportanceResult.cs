namespace FairMedl.Core.Interpretation;

/// <summary>
/// What a model's fixed effects look at: the median over its fits of the mean |d y_F / d x_j| over test rows, on the
/// encoded scale (a number: by SD; a level: by being there or not), ranked from 1.
/// </summary>
/// <param name="Model">The model's id.</param>
/// <param name="Features">By encoded feature, most important first; the levels of a category each for itself.</param>
/// <param name="Columns">By column of the file, its levels summed within each fit, most important first.</param>
public sealed record ImportanceResult(string Model, IReadOnlyList<FeatureImportance> Features,
    IReadOnlyList<ColumnImportance>? Columns = null);

/// <summary>Importance of one encoded feature.</summary>
/// <param name="Feature">Its name, such as "race = White".</param>
/// <param name="Column">The column in the file.</param>
/// <param name="IsProbe">Whether it is a confounding probe.</param>
/// <param name="Importance">Median over the fits.</param>
/// <param name="Rank">Its place by that median, from 1.</param>
/// <param name="MedianRank">Median of its places in the single fits.</param>
/// <param name="BestRank">Its best place in a fit.</param>
/// <param name="WorstRank">Its worst place in a fit.</param>
public sealed record FeatureImportance(
    string Feature,
    string Column,
    bool IsProbe,
    double Importance,
    int Rank,
    double? MedianRank = null,
    int? BestRank = null,
    int? WorstRank = null);

/// <summary>One column's importance: its levels' summed within each fit, then the median over the fits.</summary>
public sealed record ColumnImportance(string Column, bool IsProbe, double Importance, int Rank);
