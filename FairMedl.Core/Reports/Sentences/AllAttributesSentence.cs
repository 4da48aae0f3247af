using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Runs;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>
/// The conclusion over all attributes of a study: where the compared model is clearly fairer, at what cost,
/// and where the data cannot tell.
/// </summary>
internal static class AllAttributesSentence
{
    public static SentenceParts Parts(RunComparison comparison, string? metric)
    {
        bool classification = comparison.Baseline.IsClassification;
        string fair = comparison.Compared.Name, baseline = comparison.Baseline.Name;
        MetricDescription spread = metric is null ? RunComparison.MainSpread(classification) : MetricDescriptions.Get(metric);
        HashSet<string> own = [.. comparison.Baseline.Results.Header.Definition.Data.Sensitive.Select(s => s.Column)];
        AttributeVerdict[] verdicts = [.. comparison.Attributes(spread.Id).Where(v => own.Contains(v.Attribute))];
        string where = SentenceWords.Where(comparison), useless = SentenceWords.Useless(comparison);
        NumericText performance = SentenceWords.Performance(comparison);
        if (verdicts.Length == 0)
            return new SentenceParts(SentenceWords.Start($"{where}{fair} and {baseline} cannot be compared in fairness"),
                $": no sensitive attribute is audited. {performance.Capitalised()}.{useless}");

        // An attribute that gets worse by another metric is not called fairer without that remark.
        Dictionary<string, string[]> worseIn = verdicts.ToDictionary(v => v.Attribute,
            v => SentenceWords.WorseIn(comparison, v.Attribute, spread.Id));
        AttributeVerdict[] better = [.. verdicts.Where(v => v.Verdict.Kind == VerdictKind.ClearImprovement
            && worseIn[v.Attribute].Length == 0)];
        AttributeVerdict[] mixed = [.. verdicts.Where(v => v.Verdict.Kind == VerdictKind.ClearImprovement
            && worseIn[v.Attribute].Length > 0)];
        AttributeVerdict[] worse = [.. verdicts.Where(v => v.Verdict.Kind == VerdictKind.ClearlyWorse)];
        AttributeVerdict[] open = [.. verdicts.Where(v => !v.Verdict.IsClear)];

        string lead = better.Length > 0 ? $"{where}{fair} is clearly fairer than {baseline} for {Names(better)}"
            : worse.Length > 0 ? $"{where}{fair} is clearly less fair than {baseline} for {Names(worse)}"
            : mixed.Length > 0 ? $"{where}{fair} is neither clearly fairer nor clearly less fair than {baseline}"
            : open.All(v => v.Verdict.Kind == VerdictKind.CannotJudge)
            ? $"{where}the data cannot tell whether {fair} is fairer than {baseline}"
            : $"{where}{fair} shows no clear change in fairness from {baseline}";
        var rest = new List<NumericText> { $", {performance}." };
        if (better.Length > 0 && worse.Length > 0)
            rest.Add($"It is clearly less fair for {Names(worse)} ({SentenceWords.Values(worse, classification)}).");
        foreach (AttributeVerdict one in mixed)
            rest.Add($"For {Name(one)} the result is mixed: the {spread.PlainFor(classification)} is clearly " +
                $"{Improved(spread)}, but {SentenceWords.AreWorse(worseIn[one.Attribute])}.");
        rest.AddRange(Open(open, better.Length + worse.Length + mixed.Length > 0));
        foreach (IGrouping<string, AttributeVerdict> others in open.Where(v => worseIn[v.Attribute].Length > 0)
            .GroupBy(v => SentenceWords.AreWorse(worseIn[v.Attribute])))
            rest.Add($"{SentenceWords.Capital(others.Key)} for {Names([.. others])}.");
        return new SentenceParts(SentenceWords.Start(NumericText.Of(lead)), $"{NumericText.Join(" ", rest)}{useless}",
            Measure(spread, classification, comparison.Baseline.On(comparison.Split)!));
    }

    /// <summary>Why nothing is claimed for the other attributes, a sentence for each reason.</summary>
    private static IEnumerable<NumericText> Open(AttributeVerdict[] open, bool somethingIsClear)
    {
        foreach (IGrouping<(NumericText Reason, bool Unknown), AttributeVerdict> same in open.GroupBy(v =>
            (Reason(v.Verdict), LimitedBySize(v.Verdict) || v.Verdict.Kind == VerdictKind.CannotJudge)))
        {
            string names = Names([.. same]);
            if (same.Key.Unknown) yield return $"For {names} the data cannot tell: {same.Key.Reason}.";
            else if (same.First().Verdict.Test is not null)
                yield return $"For {names} there is no clear change ({same.Key.Reason} " +
                    $"{NumericText.List([.. same.Select(v => v.Verdict.Test!.PNumber)])}).";
            else if (somethingIsClear) yield return $"For {names} there is no clear change: {same.Key.Reason}.";
            else yield return $"For {names}, {same.Key.Reason}.";
        }
    }

    // Tests with different p are one sentence.
    private static NumericText Reason(Verdict verdict) => LimitedBySize(verdict) ? NumericText.Of(verdict.SmallGroups!)
        : verdict.Test is { } test ? NumericText.Of($"{test.Repetitions}, Holm-adjusted p =") : verdict.Reason;

    // Small groups that are left out do not limit a verdict on the others.
    private static bool LimitedBySize(Verdict verdict) =>
        verdict.SmallGroups is not null && (!verdict.LeavesSmallGroupsOut || verdict.Kind == VerdictKind.CannotJudge);

    private static string Improved(MetricDescription spread) => spread.Better == BetterDirection.Higher ? "larger" : "smaller";

    private static string Measure(MetricDescription spread, bool classification, SplitAudit audit) =>
        $"Fairer means a {Improved(spread)} {spread.PlainFor(classification)}{CountedGroupsText.Of(audit.Attributes, spread.Id)}.";

    private static string Names(AttributeVerdict[] verdicts) => SentenceWords.List([.. verdicts.Select(Name)]);

    private static string Name(AttributeVerdict verdict) => ColumnWords.Of(verdict.Attribute);
}
