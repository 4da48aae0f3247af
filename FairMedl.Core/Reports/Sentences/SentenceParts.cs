namespace FairMedl.Core.Reports.Sentences;

/// <summary>A study's conclusion in words, in the parts that a page formats differently.</summary>
/// <param name="Lead">The conclusion, without its full stop: "Fair(ADB) MEDL is clearly fairer than MEDL for age".</param>
/// <param name="Rest">What follows it directly: ", at a cost of 0.5 points of balanced accuracy (83.1% to 82.6%). For race ...".</param>
/// <param name="Measure">What "fairer" means here, as a sentence of its own; empty where the lead or the rest says it.</param>
public sealed record SentenceParts(string Lead, string Rest, string Measure = "")
{
    /// <summary>The whole text.</summary>
    public override string ToString() => Measure.Length == 0 ? Lead + Rest : $"{Lead}{Rest} {Measure}";
}
