using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Reports.Runs;

/// <summary>Whether the debiasing term of a fair model changed the spreads, against the same network without it.</summary>
public static class DebiasingEffect
{
    /// <summary>
    /// Whether no effect was measured: over every spread of the paper and every sensitive attribute of the study, no verdict is clear,
    /// each change is within noise, and the changes together are small. A change is within noise where both values are below their
    /// noise floors, where it is below 5%, where the paired test over folds has p of at least 0.05 before adjustment or, without such a
    /// test, where each value is within the other's 95% interval. The changes together are small where their mean is below 15%. False
    /// where a model has no counterpart without debiasing in its study, or no spread between groups' rates or errors can be compared.
    /// </summary>
    public static bool IsAbsent(RunComparison comparison)
    {
        (string Metric, ChangeEvidence Evidence)[] changes = Changes(comparison);
        return changes.Any(c => MetricDescriptions.Get(c.Metric).OfRates is not null)
            && changes.All(c => !Verdict.Of(c.Evidence).IsClear && IsWithinNoise(c.Evidence))
            && changes.Average(c => c.Evidence.GainPercent ?? 0) < EffectThresholds.Default.Moderate;
    }

    /// <summary>Whether every spread of the baseline that has a noise floor is at or below it, so that there is little to reduce.</summary>
    public static bool HasNothingToReduce(RunComparison comparison)
    {
        ChangeEvidence[] floors = [.. Changes(comparison).Select(c => c.Evidence).Where(e => e.BaselineFloor is not null)];
        return floors.Length > 0 && floors.All(c => c.Baseline.Value <= c.BaselineFloor!.Percentile95);
    }

    private static (string Metric, ChangeEvidence Evidence)[] Changes(RunComparison comparison)
    {
        (Run baseline, Run compared) = (comparison.Baseline, comparison.Compared);
        if (!ReferenceEquals(baseline.Results, compared.Results) || baseline.Head != compared.Head
            || ModelCatalogue.Find(compared.Model) is not { Debiasing: not Debiasing.None } fair
            || ModelCatalogue.Find(baseline.Model) is not { Debiasing: Debiasing.None } other
            || (fair.ClusterAdversary, fair.RandomEffects, fair.ClusterAsInput)
                != (other.ClusterAdversary, other.RandomEffects, other.ClusterAsInput)) return [];
        return
        [
            .. from attribute in baseline.Results.Header.Definition.Data.Sensitive
               from metric in MetricDescriptions.Paper(baseline.IsClassification).Spreads
               let change = comparison.Evidence(attribute.Column, metric)
               where change.Gain is not null
               select (metric, change),
        ];
    }

    private static bool IsWithinNoise(ChangeEvidence change) =>
        change.IsBelowNoiseFloor
        || Math.Abs(change.GainPercent ?? 0) < EffectThresholds.Default.Low
        || (change.Test is { Over: TestOver.Folds } test ? test.Test.P >= AdjustedTest.Level
            : Contains(change.Baseline, change.Compared) && Contains(change.Compared, change.Baseline));

    private static bool Contains(Estimate interval, Estimate value) => interval.Lower <= value.Value && value.Value <= interval.Upper;
}
