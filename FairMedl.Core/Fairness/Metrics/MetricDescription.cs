using System.Text.Json.Serialization;
using FairMedl.Core.Fairness.Intervals;

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

/// <summary>The rows of a group that a rate is computed from.</summary>
public enum RateRows
{
    /// <summary>All rows.</summary>
    All,

    /// <summary>Its positives.</summary>
    Positives,

    /// <summary>Its negatives.</summary>
    Negatives,

    /// <summary>Both, for a metric of two rates.</summary>
    PositivesAndNegatives,
}

/// <summary>
/// One metric: its names, formula and direction, how it is read from an audit and how it is shown. Pages, reports, files and tests
/// read it here.
/// </summary>
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
    /// <summary>
    /// A metric of an attribute in words that need no abbreviation, without an article: "spread of the true positive rate".
    /// </summary>
    [JsonIgnore]
    public string Plain { get; init; } = "";

    /// <summary><see cref="Plain"/> for a regression, where it differs.</summary>
    [JsonIgnore]
    public string? PlainOfRegression { get; init; }

    /// <summary>Its abbreviations or name after a plain name: "demographic parity, DP"; null = <see cref="Name"/>.</summary>
    [JsonIgnore]
    public string? Abbreviation { get; init; }

    /// <summary>Its name with its abbreviation: "True positive rate (TPR)"; null = <see cref="Name"/>.</summary>
    [JsonIgnore]
    public string? FullName { get; init; }

    /// <summary>The title of a chart's axis; empty where no chart has one.</summary>
    [JsonIgnore]
    public string Axis { get; init; } = "";

    /// <summary><see cref="Axis"/> for a regression, where it differs.</summary>
    [JsonIgnore]
    public string? AxisOfRegression { get; init; }

    /// <summary>Whether it has no unit even in a regression.</summary>
    [JsonIgnore]
    public bool IsRatio { get; init; }

    /// <summary>Whether it is one of the paper's metrics.</summary>
    [JsonIgnore]
    public bool IsOfPaper { get; init; }

    /// <summary>Whether pages and reports use it first within its scope.</summary>
    [JsonIgnore]
    public bool IsMain { get; init; }

    /// <summary>Whether metrics.csv has it.</summary>
    [JsonIgnore]
    public bool IsInMetricsFile { get; init; } = true;

    /// <summary>The rows of a group that it is computed from.</summary>
    [JsonIgnore]
    public RateRows Rows { get; init; }

    /// <summary>Whether the group with the highest value is the worst; null where no group is worst.</summary>
    [JsonIgnore]
    public bool? IsHighestWorst { get; init; }

    /// <summary>Reads it from an audit, where its scope is all rows.</summary>
    [JsonIgnore]
    public Func<SplitAudit, Estimate>? OfSplit { get; init; }

    /// <summary>Reads it from an attribute's audit, where its scope is an attribute and it is no spread between groups.</summary>
    [JsonIgnore]
    public Func<AttributeAudit, Estimate>? OfAttribute { get; init; }

    /// <summary>Reads it from the spreads between an attribute's groups.</summary>
    [JsonIgnore]
    public Func<GroupSpreads, Estimate>? OfSpreads { get; init; }

    /// <summary>Reads it corrected for chance; null where it is no SD.</summary>
    [JsonIgnore]
    public Func<CorrectedSds, Estimate>? OfCorrected { get; init; }

    /// <summary>Reads it from a group's audit, where its scope is a group.</summary>
    [JsonIgnore]
    public Func<GroupAudit, Estimate>? OfGroup { get; init; }

    /// <summary>Reads its noise floor; null where it has none.</summary>
    [JsonIgnore]
    public Func<NoiseFloor, SpreadFloor?>? Floor { get; init; }

    /// <summary>Computes it from the rates of some groups; null where it is not a function of them.</summary>
    [JsonIgnore]
    public Func<GroupRates, double?>? OfRates { get; init; }

    /// <summary>Its name within a sentence: "balanced accuracy", but "MSE".</summary>
    public string NameInText => Name.Length > 1 && char.IsLower(Name[1]) ? char.ToLowerInvariant(Name[0]) + Name[1..] : Name;

    /// <summary>Whether it exists for a task.</summary>
    public bool Exists(bool classification) => classification ? Classification : Regression;

    /// <summary><see cref="Plain"/> for a task.</summary>
    public string PlainFor(bool classification) => classification ? Plain : PlainOfRegression ?? Plain;

    /// <summary><see cref="Axis"/> for a task.</summary>
    public string AxisFor(bool classification) => classification ? Axis : AxisOfRegression ?? Axis;
}

/// <summary>The rates of some groups of an attribute, for the metrics that are functions of them.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="IsRegression">Whether the task is a regression.</param>
public sealed record GroupRates(IReadOnlyList<GroupAudit> Groups, bool IsRegression)
{
    /// <summary>True positive rates.</summary>
    public double?[] TruePositive => Of(g => g.TruePositiveRate);

    /// <summary>False positive rates.</summary>
    public double?[] FalsePositive => Of(g => g.FalsePositiveRate);

    /// <summary>Selection rates; for a regression, mean predictions.</summary>
    public double?[] Selection => IsRegression ? Of(g => g.MeanPrediction) : Of(g => g.SelectionRate);

    /// <summary>Mean squared errors.</summary>
    public double?[] SquaredError => Of(g => g.MeanSquaredError);

    private double?[] Of(Func<GroupAudit, Estimate> rate) => [.. Groups.Select(g => rate(g).Value)];
}
