using System.Text.Json.Serialization;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Intervals;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>A value with its interval, or the reason why it is undefined. Never NaN.</summary>
/// <param name="Value">The value, or null.</param>
/// <param name="Undefined">Why there is no value ("0 positives"); null when there is one.</param>
/// <param name="Lower">Lower end of the 95% interval, where one was computed.</param>
/// <param name="Upper">Upper end of the 95% interval, where one was computed.</param>
/// <param name="N">Number of rows that the value is computed from: its denominator.</param>
/// <param name="Note">Remark to show beside the value, such as "3 of 4 groups".</param>
/// <param name="ByClusters">The cluster bootstrap interval, where one was computed. <paramref name="Lower"/> and
/// <paramref name="Upper"/> cover the variation between rows of the same clusters only.</param>
public sealed record Estimate(double? Value, string? Undefined = null, double? Lower = null, double? Upper = null, int? N = null,
    string? Note = null, ClusterInterval? ByClusters = null)
{
    /// <summary>Whether both have a 95% interval and the two have a value in common.</summary>
    public bool Overlaps(Estimate other) => Lower <= other.Upper && other.Lower <= Upper;

    /// <summary>Whether both have a 95% interval by clusters and the two have a value in common.</summary>
    public bool OverlapsByClusters(Estimate other) =>
        ByClusters?.Lower <= other.ByClusters?.Upper && other.ByClusters?.Lower <= ByClusters?.Upper;

    /// <summary>An undefined value with its reason.</summary>
    public static Estimate None(string reason, int? n = null) => new(null, reason, N: n);
}

/// <summary>A 95% interval from a clustered bootstrap. It is rough with few clusters: see <see cref="IsRough"/>.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Clusters">Number of clusters.</param>
public sealed record ClusterInterval(double Lower, double Upper, int Clusters)
{
    /// <summary>Below this number of clusters their variation is known only roughly (Cameron, Gelbach and Miller 2008).</summary>
    public const int Few = 30;

    /// <summary>Whether there are too few clusters for the interval to be reliable.</summary>
    public bool IsRough => Clusters < Few;
}

/// <summary>One group of one attribute. For regression the rates are undefined and the last two are filled in.</summary>
public sealed record GroupAudit(
    string Group,
    int N,
    int Positives,
    int Negatives,
    Estimate TruePositiveRate,
    Estimate FalsePositiveRate,
    Estimate SelectionRate,
    Estimate Accuracy,
    Estimate MeanPrediction,
    Estimate MeanSquaredError);

/// <summary>
/// Audit of one attribute: its groups and their disparities. 0 means no difference for every spread and difference, 1 for the
/// ratio. For regression demographic parity and its difference are of mean predictions, in the target's units. The spreads named
/// here are over all groups with a defined value; <see cref="LargeGroups"/> has the same over the groups that are large enough.
/// </summary>
public sealed record AttributeAudit(
    string Attribute,
    IReadOnlyList<GroupAudit> Groups,
    Estimate TprSd,
    Estimate FprSd,
    Estimate MseSd,
    Estimate DemographicParity,
    Estimate CounterfactualFairness,
    Estimate EqualOpportunityDifference,
    Estimate FprDifference,
    Estimate EqualizedOddsDifference,
    Estimate DemographicParityDifference,
    Estimate DemographicParityRatio,
    NoiseFloor? NoiseFloor = null)
{
    /// <summary>The SDs over all groups, corrected for chance; null where they were not computed.</summary>
    public CorrectedSds? Corrected { get; init; }

    /// <summary>
    /// The spreads over the groups with at least <see cref="MinimumCount"/> rows in the denominator of the rate; null where they
    /// were not computed.
    /// </summary>
    public GroupSpreads? LargeGroups { get; init; }

    /// <summary>Number of positives (TPR), negatives (FPR) or rows from which a group is large enough.</summary>
    public int MinimumCount { get; init; } = GroupTable.MinimumCount;

    /// <summary>The groups that the spreads on pages and in reports count.</summary>
    public CountedGroups Leading { get; init; }

    /// <summary>Minimum size of the groups that lead.</summary>
    [JsonIgnore]
    public GroupMinimum Minimum => new(Leading == CountedGroups.Large ? MinimumCount : 0);

    /// <summary>The spreads over all groups.</summary>
    [JsonIgnore]
    public GroupSpreads AllGroups => new(TprSd, FprSd, MseSd, DemographicParity, EqualOpportunityDifference, FprDifference,
        EqualizedOddsDifference, DemographicParityDifference, DemographicParityRatio, Corrected, NoiseFloor);

    /// <summary>The spreads over the groups that are counted.</summary>
    public GroupSpreads Spreads(CountedGroups counted) => counted == CountedGroups.All ? AllGroups : LargeGroups ?? GroupSpreads.None;

    /// <summary>The audit with other spreads over all groups.</summary>
    internal AttributeAudit WithAllGroups(GroupSpreads spreads) => this with
    {
        TprSd = spreads.TprSd,
        FprSd = spreads.FprSd,
        MseSd = spreads.MseSd,
        DemographicParity = spreads.DemographicParity,
        EqualOpportunityDifference = spreads.EqualOpportunityDifference,
        FprDifference = spreads.FprDifference,
        EqualizedOddsDifference = spreads.EqualizedOddsDifference,
        DemographicParityDifference = spreads.DemographicParityDifference,
        DemographicParityRatio = spreads.DemographicParityRatio,
        Corrected = spreads.Corrected,
        NoiseFloor = spreads.NoiseFloor,
    };
}

/// <summary>Audit of one model's head on one split: performance, then fairness by attribute. R² exists for regression only.</summary>
public sealed record SplitAudit(
    int N,
    Estimate Auroc,
    Estimate BalancedAccuracy,
    Estimate Accuracy,
    Estimate MeanSquaredError,
    IReadOnlyList<AttributeAudit> Attributes,
    Estimate? RSquared = null);
