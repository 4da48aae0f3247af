using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;

namespace FairMedl.Core.Fairness.Tests;

/// <summary>The evidence on a change of one metric from a baseline to a compared model, for a <see cref="Verdict"/>.</summary>
/// <param name="Baseline">The baseline's value.</param>
/// <param name="Compared">The compared model's value.</param>
/// <param name="Better">Direction of improvement.</param>
/// <param name="BaselineFloor">The baseline's noise floor, where the metric has one.</param>
/// <param name="ComparedFloor">The compared model's noise floor.</param>
/// <param name="Test">The paired test over folds; null where there is none or too few folds.</param>
/// <param name="Small">The groups that are too small to judge; null for a metric over all rows.</param>
/// <param name="LargeGroups">The metric over the groups that are large enough, baseline and compared; null where it is not
/// computed.</param>
/// <param name="LeastPercent">Minimum size of a clear change, in % of the baseline.</param>
public sealed record ChangeEvidence(
    Estimate Baseline,
    Estimate Compared,
    BetterDirection Better = BetterDirection.Lower,
    SpreadFloor? BaselineFloor = null,
    SpreadFloor? ComparedFloor = null,
    AdjustedTest? Test = null,
    SmallGroups? Small = null,
    (double Baseline, double Compared)? LargeGroups = null,
    double LeastPercent = 0)
{
    /// <summary>
    /// Compared minus baseline, with the sign changed where needed so that positive is better; null where a value is undefined.
    /// </summary>
    public double? Gain => Baseline.Value is { } from && Compared.Value is { } to ? Turned(to - from) : null;

    /// <summary>The gain in % of the baseline; null where a value is undefined or the baseline is 0.</summary>
    // Rounded so that .20 to .17 is 15 %, not 14.999999999999993 %.
    public double? GainPercent =>
        Baseline.Value is { } from && from != 0 && Gain is { } gain ? Math.Round(100 * gain / Math.Abs(from), 9) : null;

    /// <summary>Whether both values are at or below their noise floors.</summary>
    public bool IsBelowNoiseFloor => Baseline.Value <= BaselineFloor?.Percentile95 && Compared.Value <= ComparedFloor?.Percentile95;

    /// <summary>Whether both values have a 95% interval.</summary>
    public bool HaveIntervals => Baseline is { Lower: not null, Upper: not null } && Compared is { Lower: not null, Upper: not null };

    /// <summary>Whether both values have 95% intervals by rows and these have no value in common.</summary>
    public bool AreIntervalsApart => HaveIntervals && !Baseline.Overlaps(Compared);

    /// <summary>Whether the 95% intervals by clusters have no value in common; true where a value has none.</summary>
    public bool AreIntervalsByClustersApart => !Baseline.OverlapsByClusters(Compared);

    /// <summary>A difference with the sign changed where needed so that positive is better.</summary>
    public double Turned(double difference) => Better == BetterDirection.Higher ? difference : -difference;
}
