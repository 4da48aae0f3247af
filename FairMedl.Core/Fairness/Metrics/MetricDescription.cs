using System.Text.Json.Serialization;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>Direction in which a metric improves.</summary>
public enum BetterDirection
{
    /// <summary>Smaller is better (spreads, errors).</summary>
    Lower,

    /// <summary>Larger is better (AUROC, accuracy, ratio).</summary>
    Higher,

    /// <summary>Neither, as for a rate of one group, which is compared with the other groups.</summary>
    Neither,
}

/// <summary>Scope of a metric.</summary>
public enum MetricScope
{
    /// <summary>All rows of a split.</summary>
    Overall,

    /// <summary>Differences between the groups of one attribute.</summary>
    Attribute,

    /// <summary>One group of an attribute.</summary>
    Group,
}

/// <summary>One metric in words: the same sentence in a tooltip, in a report and in the documentation.</summary>
/// <param name="Id">Its name in files, such as "tpr_sd".</param>
/// <param name="Name">Its name on a page, such as "TPR SD".</param>
/// <param name="Sentence">What it means and what 0 (or 1, or 0.5) means.</param>
/// <param name="Formula">In plain text.</param>
/// <param name="Source">Where it is defined.</param>
/// <param name="Scope">Its scope.</param>
/// <param name="Better">Direction of improvement.</param>
/// <param name="Classification">Whether it exists for a classification.</param>
/// <param name="Regression">Whether it exists for a regression.</param>
public sealed record MetricDescription(
    string Id,
    string Name,
    string Sentence,
    string Formula,
    string Source,
    MetricScope Scope,
    BetterDirection Better,
    bool Classification,
    bool Regression)
{
    /// <summary>Its name within a sentence: "balanced accuracy", but "MSE".</summary>
    public string NameInText => Name.Length > 1 && char.IsLower(Name[1]) ? char.ToLowerInvariant(Name[0]) + Name[1..] : Name;

    /// <summary>Whether it has no unit even in a regression.</summary>
    [JsonIgnore]
    public bool IsRatio => Id is "demographic_parity_ratio" or "r2";
}
