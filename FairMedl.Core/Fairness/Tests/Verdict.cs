using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Tests;

/// <summary>Whether a compared model is better than its baseline by one metric.</summary>
public enum VerdictKind
{
    /// <summary>A value is undefined, or fewer than two groups are large enough to compare.</summary>
    CannotJudge,

    /// <summary>Better, and the evidence supports it.</summary>
    ClearImprovement,

    /// <summary>The evidence does not support a change in either direction.</summary>
    NoClearChange,

    /// <summary>Worse, and the evidence supports it.</summary>
    ClearlyWorse,
}

/// <summary>Basis of a verdict.</summary>
public enum VerdictBasis
{
    /// <summary>A value is undefined.</summary>
    Undefined,

    /// <summary>Groups are too small.</summary>
    SmallGroups,

    /// <summary>Both spreads are at or below their noise floors.</summary>
    NoiseFloor,

    /// <summary>The change is too small to matter.</summary>
    SmallChange,

    /// <summary>The paired test over folds.</summary>
    PairedTest,

    /// <summary>The 95% intervals, by rows and, where there are some, by clusters.</summary>
    Intervals,

    /// <summary>No test and no interval is available.</summary>
    None,
}

/// <summary>
/// Whether a compared model is clearly better or worse than its baseline by one metric, and why. The one rule that sentences,
/// tables, colours and pages share:
/// <list type="number">
/// <item>Nothing can be judged where a value is undefined or fewer than two groups are large enough.</item>
/// <item>No change is clear where both spreads are below the noise floor, where the change is small, or where it comes from
/// small groups alone. A spread over large groups needs no such rule.</item>
/// <item>A paired test over enough folds makes a change clear: Holm-adjusted p below 0.05, in the direction of the change.</item>
/// <item>So do 95% intervals that do not overlap, by rows and, where both have them, by clusters. Where there is a paired test over
/// enough folds, its unadjusted p must then be below 0.05, so that no clear change stands beside folds that do not show it.</item>
/// </list>
/// </summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Basis">What decided it.</param>
/// <param name="Reason">Why, as a clause without a full stop: "paired test over 30 folds, Holm-adjusted p = 0.79".</param>
/// <param name="ShortReason">Why, for a table cell: "p = 0.79".</param>
/// <param name="Test">The paired test, where it alone decided.</param>
/// <param name="SmallGroups">"two of five groups have fewer than 30 positives"; null where every group is large enough.</param>
public sealed record Verdict(VerdictKind Kind, VerdictBasis Basis, NumericText Reason, NumericText ShortReason,
    string? SmallGroups = null, AdjustedTest? Test = null)
{
    /// <summary>Whether the metric leaves the small groups out, so that the verdict does not rest on them.</summary>
    public bool LeavesSmallGroupsOut { get; init; }

    /// <summary>Whether the evidence supports a change.</summary>
    public bool IsClear => Kind is VerdictKind.ClearImprovement or VerdictKind.ClearlyWorse;

    /// <summary>"Clear improvement", "No clear change", "Clearly worse" or "Cannot judge".</summary>
    public string Words => Kind switch
    {
        VerdictKind.CannotJudge => "Cannot judge",
        VerdictKind.ClearImprovement => "Clear improvement",
        VerdictKind.NoClearChange => "No clear change",
        VerdictKind.ClearlyWorse => "Clearly worse",
    };

    /// <summary>The reason, with the small groups where they limit the verdict.</summary>
    public NumericText FullReason =>
        SmallGroups is null || Basis == VerdictBasis.SmallGroups ? Reason : NumericText.Of($"{Reason}; {SmallGroups}");

    /// <summary>The verdict on a change.</summary>
    public static Verdict Of(ChangeEvidence evidence) =>
        Judge(evidence) with { LeavesSmallGroupsOut = evidence.Small?.AreLeftOut == true };

    private static Verdict Judge(ChangeEvidence evidence)
    {
        string? small = evidence.Small?.Words;
        if (evidence is { Small: { AreLeftOut: true, LeaveNothingToCompare: true }, Gain: null })
            return Cannot(VerdictBasis.SmallGroups, $"{small}", $"groups too small");
        if (evidence.Baseline.Value is null)
            return Cannot(VerdictBasis.Undefined, $"undefined for the baseline: {evidence.Baseline.Undefined}", $"undefined");
        if (evidence.Compared.Value is null)
            return Cannot(VerdictBasis.Undefined, $"undefined: {evidence.Compared.Undefined}", $"undefined");
        if (evidence.Small is { AreLeftOut: false, LeaveNothingToCompare: true })
            return Cannot(VerdictBasis.SmallGroups, $"{small ?? "fewer than two groups"}", $"groups too small");
        double gain = evidence.Gain!.Value;
        if (evidence.IsBelowNoiseFloor)
            return Unclear(VerdictBasis.NoiseFloor, $"both values are below the noise floor", $"both below the noise floor");
        if (gain == 0) return Unclear(VerdictBasis.SmallChange, $"both have the same value", $"same value");
        if (Math.Abs(evidence.GainPercent ?? double.PositiveInfinity) < evidence.LeastPercent)
            return Unclear(VerdictBasis.SmallChange, $"the change is below {evidence.LeastPercent}%", $"small change");
        if (evidence.Small is { AreLeftOut: false } && small is not null && evidence.LargeGroups is { } large && !IsShared(large))
            return Unclear(VerdictBasis.SmallGroups, $"the change comes from small groups: {small}", $"small groups");
        return evidence.Test is { Over: TestOver.Folds, Test.N: >= AdjustedTest.FewestRepetitions } test ? ByTest(test) : ByIntervals();

        Verdict ByTest(AdjustedTest test)
        {
            bool agrees = evidence.Turned(test.Test.MeanDifference) * gain > 0;
            if (test.IsSignificant && agrees) return Clear(VerdictBasis.PairedTest, test.Words, test.PWords) with { Test = test };
            if (test.IsSignificant)
                return Unclear(VerdictBasis.PairedTest, $"the folds change in the other direction than all rows together", $"folds disagree");
            if (!evidence.AreIntervalsApart) return Unclear(VerdictBasis.PairedTest, test.Words, test.PWords) with { Test = test };
            // The intervals of the models lie apart: clear, unless the folds themselves give no reason to believe in a change.
            if (evidence.AreIntervalsByClustersApart && agrees && test.Test.P < AdjustedTest.Level)
                return Clear(VerdictBasis.Intervals, $"95% intervals do not overlap; {test.Words}", $"intervals apart");
            string why = evidence.AreIntervalsByClustersApart ? "" : "; 95% intervals by clusters overlap";
            return Unclear(VerdictBasis.PairedTest, $"{test.Words}{why}", test.PWords) with { Test = test };
        }

        Verdict ByIntervals()
        {
            if (!evidence.HaveIntervals)
                return Unclear(VerdictBasis.None, $"there is neither an interval nor a paired test", $"no interval or test");
            if (!evidence.AreIntervalsApart) return Unclear(VerdictBasis.Intervals, $"95% intervals overlap", $"intervals overlap");
            return evidence.AreIntervalsByClustersApart
                ? Clear(VerdictBasis.Intervals, $"95% intervals do not overlap", $"intervals apart")
                : Unclear(VerdictBasis.Intervals, $"95% intervals by clusters overlap", $"intervals by clusters overlap");
        }

        Verdict Cannot(VerdictBasis basis, NumericText reason, NumericText brief) =>
            new(VerdictKind.CannotJudge, basis, reason, brief, small);
        Verdict Unclear(VerdictBasis basis, NumericText reason, NumericText brief) =>
            new(VerdictKind.NoClearChange, basis, reason, brief, small);
        Verdict Clear(VerdictBasis basis, NumericText reason, NumericText brief) =>
            new(gain > 0 ? VerdictKind.ClearImprovement : VerdictKind.ClearlyWorse, basis, reason, brief, small);

        // Whether the metric over the large groups alone changes in the same direction.
        bool IsShared((double Baseline, double Compared) groups) => evidence.Turned(groups.Compared - groups.Baseline) * gain > 0;
    }
}
