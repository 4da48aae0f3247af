using FairMedl.Core.Fairness.Intervals;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>The spreads between some groups of one attribute, with their intervals and noise floors.</summary>
/// <param name="TprSd">SD of the true positive rates.</param>
/// <param name="FprSd">SD of the false positive rates.</param>
/// <param name="MseSd">SD of the mean squared errors (regression).</param>
/// <param name="DemographicParity">Mean pairwise difference of selection rates (regression: of mean predictions).</param>
/// <param name="EqualOpportunityDifference">Largest minus smallest true positive rate.</param>
/// <param name="FprDifference">Largest minus smallest false positive rate.</param>
/// <param name="EqualizedOddsDifference">The larger of the two.</param>
/// <param name="DemographicParityDifference">Largest minus smallest selection rate (regression: mean prediction).</param>
/// <param name="DemographicParityRatio">Smallest divided by largest selection rate.</param>
/// <param name="Corrected">The SDs corrected for chance; null where they were not computed.</param>
/// <param name="NoiseFloor">The spreads expected by chance; null where they were not simulated.</param>
public sealed record GroupSpreads(
    Estimate TprSd,
    Estimate FprSd,
    Estimate MseSd,
    Estimate DemographicParity,
    Estimate EqualOpportunityDifference,
    Estimate FprDifference,
    Estimate EqualizedOddsDifference,
    Estimate DemographicParityDifference,
    Estimate DemographicParityRatio,
    CorrectedSds? Corrected = null,
    NoiseFloor? NoiseFloor = null)
{
    /// <summary>Spreads that were not measured.</summary>
    internal static GroupSpreads None { get; } = Of(Estimate.None("not measured"));

    private static GroupSpreads Of(Estimate all) => new(all, all, all, all, all, all, all, all, all);
}

/// <summary>
/// SDs corrected for chance, sqrt(max(0, SD² − E[SD² by chance])), in the unit of the SD. The SD of a few small groups is biased
/// upward, because sampling alone sets their values apart; the correction removes the part expected if all groups were equal. 0
/// means that chance alone explains the spread. The interval is that of the SD: both estimate the same true SD.
/// </summary>
/// <param name="TprSd">For the true positive rates.</param>
/// <param name="FprSd">For the false positive rates.</param>
/// <param name="MseSd">For the mean squared errors (regression).</param>
public sealed record CorrectedSds(Estimate TprSd, Estimate FprSd, Estimate MseSd);

/// <summary>The groups that a spread counts.</summary>
public enum CountedGroups
{
    /// <summary>All groups with a defined value.</summary>
    All,

    /// <summary>The groups that are large enough.</summary>
    Large,
}

/// <summary>
/// Minimum size of the groups that count in the spreads on pages and in reports: positives for the TPR, negatives for the FPR, rows
/// otherwise. 0 means that all groups count; then the spreads over large groups, which are named beside them, use
/// <see cref="Data.Roles.GroupTable.MinimumCount"/>.
/// </summary>
/// <param name="Count">The minimum, 0 or more.</param>
public readonly record struct GroupMinimum(int Count)
{
    /// <summary>The size from which a group is large enough.</summary>
    public int LargeFrom => Count > 0 ? Count : Data.Roles.GroupTable.MinimumCount;

    /// <summary>The groups that lead.</summary>
    public CountedGroups Leading => Count > 0 ? CountedGroups.Large : CountedGroups.All;
}
