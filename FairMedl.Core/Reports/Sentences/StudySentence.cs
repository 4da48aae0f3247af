using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>
/// The sentence that results begin with: "Fair(ADB) MEDL is clearly fairer than MEDL for age, sex and marital status, at a cost of
/// 0.5 points of balanced accuracy (83.1% to 82.6%). For race the data cannot tell: two of five groups have fewer than 30
/// positives." It covers every attribute, or the one that the user chose, and claims only what the <see cref="Verdict"/> of
/// each attribute supports.
/// </summary>
public static class StudySentence
{
    /// <summary>The sentence before the first fit has finished.</summary>
    public const string NoResults = "No fit has finished yet.";

    /// <summary>The sentence on a study's main comparison, or on the results so far, as one text.</summary>
    public static string Of(StudyResults results, Split split = Split.Seen, Head? head = null, string? attribute = null) =>
        Parts(results, split, head, attribute).ToString();

    /// <summary>
    /// The sentence on two models of a study as one text, each by the given head where it has both (null = the main one).
    /// </summary>
    public static string Of(StudyResults results, string baseline, string fair, Split split = Split.Seen, Head? head = null,
        string? attribute = null) =>
        Parts(results, baseline, fair, split, head, attribute).ToString();

    /// <summary>The study's main comparison, or its first model alone.</summary>
    /// <param name="results">The study.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="head">The head where a model has both; null = the main one.</param>
    /// <param name="attribute">The attribute to speak of; null = all of the study's.</param>
    public static SentenceParts Parts(StudyResults results, Split split = Split.Seen, Head? head = null, string? attribute = null)
    {
        Head by = head ?? StudyResults.MainHead(split);
        if (StudyComparison.Main(results.Header.Definition) is { } main && Has(main.Baseline) && Has(main.Fair))
            return Parts(results, main.Baseline, main.Fair, split, head, attribute);
        AuditResult? first = results.Audits.FirstOrDefault(a => a.Seed is null && a.Split == split
            && a.Head == StudyResults.HeadOf(a.Model, by));
        return first is null
            ? new SentenceParts(NumericText.Of(NoResults), NumericText.Empty)
            : SingleRunSentence.Parts(new Run(ResultNames.Model(first.Model), results, first.Model, first.Head), split, attribute);

        bool Has(string model) => results.Find(model, StudyResults.HeadOf(model, by), split) is not null;
    }

    /// <summary>Two models of a study.</summary>
    public static SentenceParts Parts(StudyResults results, string baseline, string fair, Split split = Split.Seen, Head? head = null,
        string? attribute = null) =>
        Parts(RunComparison.Of(results, baseline, fair, split, head), attribute);

    /// <summary>A run against its baseline, of one study or of two.</summary>
    /// <param name="comparison">The two runs.</param>
    /// <param name="attribute">The attribute to speak of; null = all of the study's.</param>
    /// <param name="metric">The spread to judge an attribute by; null = the main one.</param>
    public static SentenceParts Parts(RunComparison comparison, string? attribute = null, string? metric = null)
    {
        foreach (Run run in new[] { comparison.Baseline, comparison.Compared })
            if (run.On(comparison.Split) is null)
                return new SentenceParts($"{run.Name} has no finished fits on {ClusterWords.Of(run.Results).Of(comparison.Split)}.",
                    NumericText.Empty);
        return attribute is null
            ? AllAttributesSentence.Parts(comparison, metric) : OneAttributeSentence.Parts(comparison, attribute, metric);
    }

    /// <summary>
    /// The sentence of two models by their main heads, and one for each of them that has a better score by its other head.
    /// </summary>
    public static IEnumerable<string> WithOtherHeads(StudyResults results, string baseline, string fair, Split split) =>
        new[] { fair, baseline }.Select(m => OtherHeadSentence.Of(results, m, StudyResults.MainHead(m, split), split)?.ToString()).OfType<string>()
            .Prepend(Of(results, baseline, fair, split));

    /// <summary>
    /// The attribute that a page shows first, given a baseline: <see cref="AttributeOrder.Opening"/> among the study's own
    /// attributes.
    /// </summary>
    public static string? AttributeOf(StudyResults results, string baseline, Split split = Split.Seen, Head? head = null)
    {
        if (results.Find(baseline, StudyResults.HeadOf(baseline, head ?? StudyResults.MainHead(split)), split) is not { } audit)
            return null;
        bool classification = results.Header.Definition.Data.Target.Task == Data.Roles.PredictionTask.Classification;
        return AttributeOrder.Opening(audit.Audit, RunComparison.MainSpread(classification),
            [.. results.Header.Definition.Data.Sensitive.Select(s => s.Column)]);
    }
}
