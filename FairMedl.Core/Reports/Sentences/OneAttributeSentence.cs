using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>The conclusion for one chosen attribute, with both values, and in a few words for the others.</summary>
internal static class OneAttributeSentence
{
    public static SentenceParts Parts(RunComparison comparison, string attribute, string? metric)
    {
        bool classification = comparison.Baseline.IsClassification;
        string fair = comparison.Compared.Name, baseline = comparison.Baseline.Name, name = ColumnWords.Of(attribute);
        MetricDescription spread = metric is null ? RunComparison.MainSpread(classification) : MetricDescriptions.Get(metric);
        Digits digits = Digits.Of(spread, classification);
        AttributeVerdict verdict = comparison.OnAttribute(attribute, spread);
        string over = comparison.Baseline.On(comparison.Split, attribute) is { } audit ? CountedGroupsText.Of([audit], spread.Id) : "";
        string plain = spread.PlainFor(classification) + over, where = SentenceWords.Where(comparison);
        NumericText performance = SentenceWords.Performance(comparison);
        // As in the sentence on all attributes: what gets worse by another metric is not called fairer.
        string[] worseIn = SentenceWords.WorseIn(comparison, attribute, spread.Id);
        string lead = verdict.Verdict.Kind switch
        {
            VerdictKind.ClearImprovement when worseIn.Length > 0 =>
                $"{where}{fair} is neither clearly fairer nor clearly less fair than {baseline} for {name}",
            VerdictKind.ClearImprovement => $"{where}{fair} is clearly fairer than {baseline} for {name}",
            VerdictKind.ClearlyWorse => $"{where}{fair} is clearly less fair than {baseline} for {name}",
            VerdictKind.NoClearChange => $"{where}{fair} shows no clear change from {baseline} for {name}",
            VerdictKind.CannotJudge => $"{where}for {name} the data cannot tell whether {fair} is fairer than {baseline}",
        };
        string direction = verdict.Compared.Value > verdict.Baseline.Value ? "rises" : "falls";
        NumericText interval = SentenceWords.Interval(verdict.Compared, digits);
        NumericText values = verdict is not { Baseline.Value: { } from, Compared.Value: { } to }
            ? NumericText.Of($"the {plain} is {(verdict.Verdict.Basis == VerdictBasis.SmallGroups ? "undefined: " : "")}{verdict.Verdict.Reason}, {performance}")
            : verdict.Verdict.IsClear
            ? NumericText.Of($"the {plain} {direction} from {digits.Number(from)} to {digits.Number(to)}{interval}, {performance}")
            : NumericText.Of($"the {plain} is {digits.Number(from)} for {baseline} and {digits.Number(to)}{interval} for {fair} " +
                $"({verdict.Verdict.FullReason}), {performance}");
        string but = worseIn.Length == 0 || verdict.Verdict.Kind == VerdictKind.ClearlyWorse
            ? "" : $" {SentenceWords.Capital(SentenceWords.AreWorse(worseIn))} for {name}.";
        return new SentenceParts(SentenceWords.Start(NumericText.Of(lead)),
            $": {values}.{but}{Others(comparison, attribute, spread)}{SentenceWords.Useless(comparison)}");
    }

    /// <summary>The clear verdicts on the study's other attributes.</summary>
    private static string Others(RunComparison comparison, string attribute, MetricDescription spread)
    {
        HashSet<string> own = [.. comparison.Baseline.Results.Header.Definition.Data.Sensitive.Select(s => s.Column)];
        AttributeVerdict[] others = [.. comparison.Attributes(spread.Id).Where(v => v.Attribute != attribute && own.Contains(v.Attribute))];
        string text = "";
        foreach ((VerdictKind kind, string words) in new[] { (VerdictKind.ClearImprovement, "clearly fairer"),
            (VerdictKind.ClearlyWorse, "clearly less fair") })
        {
            string[] names =
            [
                .. others.Where(v => v.Verdict.Kind == kind
                    && (kind == VerdictKind.ClearlyWorse || SentenceWords.WorseIn(comparison, v.Attribute, spread.Id).Length == 0))
                    .Select(v => ColumnWords.Of(v.Attribute)),
            ];
            if (names.Length > 0) text += $" It is {words} for {SentenceWords.List(names)}.";
        }

        return text;
    }
}
