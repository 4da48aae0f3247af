namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// The spreads that a perfectly fair model would show at these group sizes: every group has the pooled rate (regression:
/// the pooled distribution of errors and predictions), and groups differ by chance only. An observed
/// spread below <see cref="SpreadFloor.Percentile95"/> is no evidence of unfairness. Null where the spread is undefined.
/// </summary>
/// <param name="TprSd">Floor of the TPR SD.</param>
/// <param name="FprSd">Floor of the FPR SD.</param>
/// <param name="MseSd">Floor of the SD of the groups' mean squared errors.</param>
/// <param name="DemographicParity">Floor of the mean pairwise difference of selection rates or mean predictions.</param>
public sealed record NoiseFloor(SpreadFloor? TprSd, SpreadFloor? FprSd, SpreadFloor? MseSd, SpreadFloor? DemographicParity);

/// <summary>The distribution of a spread without unfairness, in the spread's unit.</summary>
/// <param name="Mean">Expected value.</param>
/// <param name="Percentile95">Value exceeded in one of twenty samples.</param>
public sealed record SpreadFloor(double Mean, double Percentile95);
