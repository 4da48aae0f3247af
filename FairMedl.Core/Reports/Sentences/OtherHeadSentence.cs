using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>
/// Says where a model predicts better by the head that is not shown: "On occupations not seen in training, MEDL predicts better
/// with occupation effects than without them: balanced accuracy 77.3% instead of the 75.2% shown here." Where the difference is
/// not clear, it gives both values and says so.
/// </summary>
public static class OtherHeadSentence
{
    /// <summary>The sentence; null where the shown head is as good, or the model has no other.</summary>
    /// <param name="results">The study.</param>
    /// <param name="model">The model's id.</param>
    /// <param name="shown">The head that is shown.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="name">The model's name in the sentence; null = its name in the catalogue.</param>
    public static NumericText? Of(StudyResults results, string model, Head shown, Split split, string? name = null)
    {
        Head other = shown == Head.FixedEffects ? Head.MixedEffects : Head.FixedEffects;
        string called = name ?? ResultNames.Model(model);
        var comparison = new RunComparison(new Run(called, results, model, shown), new Run(called, results, model, other), split);
        if (comparison.Baseline.On(split) is null || comparison.Compared.On(split) is null) return null;
        bool classification = comparison.Baseline.IsClassification;
        MetricDescription metric = MetricDescriptions.Performance(classification);
        ChangeEvidence evidence = comparison.Evidence(null, metric.Id);
        if (evidence is not { Gain: > 0, Baseline.Value: { } here, Compared.Value: { } there } || Show(here).Equals(Show(there))) return null;
        ClusterWords words = ClusterWords.Of(results);
        Verdict verdict = Verdict.Of(evidence);
        (string by, string otherwise) = other == Head.FixedEffects
            ? ($"without {words.Effects}", "with them") : ($"with {words.Effects}", "without them");
        string metricName = classification ? metric.NameInText : "mean squared error";
        if (verdict.IsClear)
            return $"On {words.Of(split)}, {called} predicts better {by} than {otherwise}: {metricName} {Show(there)} instead of the " +
                $"{Show(here)} shown here.";
        return $"On {words.Of(split)}, {called} has a {metricName} of {Show(there)} {by} and {Show(here)} {otherwise}, as shown here. " +
            $"The difference is not clear: {verdict.Reason}.";

        NumericText Show(double value) =>
            classification ? Digits.Percent(value) : NumericText.Of($"{Digits.Of(metric, classification).Number(value)}");
    }
}
