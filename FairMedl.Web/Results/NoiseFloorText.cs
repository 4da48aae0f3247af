using FairMedl.Core.Fairness;

namespace FairMedl.Web.Results;

/// <summary>The noise floor of a spread, in a sentence.</summary>
public static class NoiseFloorText
{
    /// <summary>A model's spread beside what a perfectly fair model would show at these group sizes; null where either is not known.</summary>
    public static string? Of(ResultsChoice choice, string model, string spread)
    {
        if (choice.AttributeOf(model) is not { } audit
            || MetricDescriptions.Floor(audit, spread) is not { } floor
            || MetricDescriptions.Read(audit, spread).Value is not { } value) return null;
        string verdict = value <= floor.Percentile95 ? "so this spread may be chance alone" : "so this spread is more than chance";
        return FormattableString.Invariant($"{choice.Label(model)}: {MetricDescriptions.Get(spread).Name} {value:0.000}. A perfectly fair model would show about {floor.Mean:0.000} at these group sizes, and over {floor.Percentile95:0.000} one time in twenty, {verdict}.");
    }

    /// <summary>The 95th percentile for the grey band, or null.</summary>
    public static SpreadFloor? Band(ResultsChoice choice) => choice.AttributeOf(choice.Baseline) is { } audit ? MetricDescriptions.Floor(audit, choice.Spread.Id) : null;
}
