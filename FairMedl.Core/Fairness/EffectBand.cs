namespace FairMedl.Core.Fairness;

/// <summary>How large a change is in practice.</summary>
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

/// <summary>Where the bands begin, in per cent of the baseline. The paper names the bands without numbers; these are ours.</summary>
/// <param name="Moderate">From here on an improvement is moderate to large.</param>
/// <param name="Low">From here on it is low; worse by more than this is worse.</param>
public sealed record EffectThresholds(double Moderate = 15, double Low = 5)
{
    /// <summary>15 and 5 %.</summary>
    public static EffectThresholds Default { get; } = new();
}

/// <summary>
/// A change against the baseline: improvement in % = (baseline - value) / baseline for a metric whose smaller values are
/// better, (value - baseline) / baseline for the others; positive is better. A band is a description of size, not a test;
/// where the change lies within its uncertainty, its words say so.
/// </summary>
/// <param name="ImprovementPercent">In per cent; null where it cannot be expressed.</param>
/// <param name="Size">Its band.</param>
/// <param name="Undefined">Why there is no improvement; null when there is one.</param>
/// <param name="Doubt">Why a change of more than a negligible size may be noise all the same; null where nothing says so.</param>
public sealed record EffectBand(double? ImprovementPercent, EffectSize Size, string? Undefined = null, string? Doubt = null)
{
    /// <summary>Both values are such as chance alone would show.</summary>
    public const string BelowFloor = "both below the noise floor";

    /// <summary>The two values' 95 % intervals have values in common.</summary>
    public const string Overlap = "intervals overlap";

    /// <summary>Their 95 % intervals by clusters do.</summary>
    public const string OverlapByClusters = "intervals by clusters overlap";

    /// <summary>The band in words, with what speaks against taking it at its word; "–" where there is none.</summary>
    public string Words => Doubt is null ? WordsOf(Size) : $"{WordsOf(Size)} ({Doubt})";

    /// <summary>The band of a change.</summary>
    /// <param name="baseline">The baseline's value.</param>
    /// <param name="value">The compared value.</param>
    /// <param name="better">Which way is better.</param>
    /// <param name="thresholds">Where the bands begin; null = <see cref="EffectThresholds.Default"/>.</param>
    /// <param name="baselineFloor">The baseline's noise floor, where the metric has one.</param>
    /// <param name="floor">The compared value's noise floor.</param>
    public static EffectBand Of(Estimate baseline, Estimate value, BetterDirection better = BetterDirection.Lower, EffectThresholds? thresholds = null, SpreadFloor? baselineFloor = null, SpreadFloor? floor = null)
    {
        if (baseline.Value is not { } from) return new EffectBand(null, EffectSize.Undefined, $"baseline: {baseline.Undefined}");
        if (value.Value is not { } to) return new EffectBand(null, EffectSize.Undefined, value.Undefined);
        if (from == 0) return new EffectBand(null, EffectSize.Undefined, "the baseline is 0");
        thresholds ??= EffectThresholds.Default;
        double change = better == BetterDirection.Lower ? from - to : to - from;
        // Rounded so that .20 to .17 is 15 %, not 14.999999999999993 %.
        double percent = Math.Round(100 * change / Math.Abs(from), 9);
        EffectSize size = percent >= thresholds.Moderate ? EffectSize.ModerateToLarge
            : percent >= thresholds.Low ? EffectSize.Low
            : percent >= -thresholds.Low ? EffectSize.Negligible
            : EffectSize.Worse;
        string? doubt = size == EffectSize.Negligible ? null
            : from <= baselineFloor?.Percentile95 && to <= floor?.Percentile95 ? BelowFloor
            : baseline.Overlaps(value) ? Overlap
            : baseline.OverlapsByClusters(value) ? OverlapByClusters
            : null;
        return new EffectBand(percent, size, Doubt: doubt);
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
