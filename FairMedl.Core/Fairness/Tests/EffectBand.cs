using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Tests;

/// <summary>Practical size of a change.</summary>
public enum EffectSize
{
    /// <summary>The change cannot be expressed: a value is undefined, or the baseline is 0.</summary>
    Undefined,

    /// <summary>At least <see cref="EffectThresholds.Moderate"/> better.</summary>
    ModerateToLarge,

    /// <summary>At least <see cref="EffectThresholds.Low"/> better.</summary>
    Low,

    /// <summary>Neither better nor worse by more than <see cref="EffectThresholds.Low"/>.</summary>
    Negligible,

    /// <summary>More than <see cref="EffectThresholds.Low"/> worse.</summary>
    Worse,
}

/// <summary>Limits of the effect bands, in % of the baseline. The paper names the bands without numbers; FairMedl chose these.</summary>
/// <param name="Moderate">Minimum of a moderate to large improvement.</param>
/// <param name="Low">Minimum of a low improvement; a larger change in the other direction is "worse".</param>
public sealed record EffectThresholds(double Moderate = 15, double Low = 5)
{
    /// <summary>The defaults: 15% and 5%.</summary>
    public static EffectThresholds Default { get; } = new();
}

/// <summary>
/// A change against the baseline: improvement in % = (baseline - value) / baseline for a metric whose smaller values are
/// better, (value - baseline) / baseline for the others; positive is better. A band describes a size; whether the evidence
/// supports the change is its <see cref="Verdict"/>, and a band that it does not support is never marked by colour or type.
/// </summary>
/// <param name="ImprovementPercent">In per cent; null where it cannot be expressed.</param>
/// <param name="Size">Its band.</param>
/// <param name="Undefined">Why there is no improvement; null when there is one.</param>
/// <param name="Verdict">Whether the evidence supports the change; null where nothing is compared.</param>
public sealed record EffectBand(double? ImprovementPercent, EffectSize Size, string? Undefined = null, Verdict? Verdict = null)
{
    /// <summary>The band as a mark, such as a colour: <see cref="Size"/> where the change is clear, otherwise undefined.</summary>
    public EffectSize Mark => Size == EffectSize.Negligible || Verdict is { IsClear: true } ? Size : EffectSize.Undefined;

    /// <summary>Why a change of more than negligible size is not statistically clear; null where it is.</summary>
    public NumericText? Doubt =>
        Size is EffectSize.Undefined or EffectSize.Negligible || Verdict is null or { IsClear: true } ? null : Verdict.FullReason;

    /// <summary>The band in words, such as "moderate to large (not clear: p = 0.79)"; "–" where there is none.</summary>
    public NumericText Words =>
        Doubt is null ? NumericText.Of(WordsOf(Size)) : NumericText.Of($"{WordsOf(Size)} (not clear: {Verdict!.ShortReason})");

    /// <summary>The band of a change.</summary>
    /// <param name="evidence">The two values and what is known about them.</param>
    /// <param name="thresholds">Limits of the bands; null = <see cref="EffectThresholds.Default"/>.</param>
    public static EffectBand Of(ChangeEvidence evidence, EffectThresholds? thresholds = null)
    {
        if (evidence.Baseline.Value is not { } from)
            return new EffectBand(null, EffectSize.Undefined, $"baseline: {evidence.Baseline.Undefined}");
        if (evidence.Compared.Value is null) return new EffectBand(null, EffectSize.Undefined, evidence.Compared.Undefined);
        if (from == 0) return new EffectBand(null, EffectSize.Undefined, "the baseline is 0");
        thresholds ??= EffectThresholds.Default;
        double percent = evidence.GainPercent!.Value;
        EffectSize size = percent >= thresholds.Moderate ? EffectSize.ModerateToLarge
            : percent >= thresholds.Low ? EffectSize.Low
            : percent >= -thresholds.Low ? EffectSize.Negligible
            : EffectSize.Worse;
        return new EffectBand(percent, size, Verdict: Verdict.Of(evidence));
    }

    /// <summary>A band in words.</summary>
    public static string WordsOf(EffectSize size) => size switch
    {
        EffectSize.Undefined => "–",
        EffectSize.ModerateToLarge => "moderate to large",
        EffectSize.Low => "low",
        EffectSize.Negligible => "negligible",
        EffectSize.Worse => "worse",
    };
}
