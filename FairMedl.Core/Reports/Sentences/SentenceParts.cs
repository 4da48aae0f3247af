using FairMedl.Core.Numerics;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>A study's conclusion in words, in the parts that a page formats differently.</summary>
/// <param name="Lead">The conclusion, without its full stop: "Fair(ADB) MEDL is clearly fairer than MEDL for age".</param>
/// <param name="Rest">What follows it directly: ", at a cost of 0.5 points of balanced accuracy (83.1% to 82.6%). For race ...".</param>
/// <param name="Measure">What "fairer" means here, as a sentence of its own; empty where the lead or the rest says it.</param>
public sealed record SentenceParts(NumericText Lead, NumericText Rest, string Measure = "")
{
    /// <summary>No sentence.</summary>
    public static SentenceParts Empty { get; } = new(NumericText.Empty, NumericText.Empty);

    /// <summary>The whole text.</summary>
    public NumericText Text => Measure.Length == 0 ? NumericText.Of($"{Lead}{Rest}") : NumericText.Of($"{Lead}{Rest} {Measure}");

    /// <summary>The whole text in the invariant culture.</summary>
    public override string ToString() => Text.ToString();
}
