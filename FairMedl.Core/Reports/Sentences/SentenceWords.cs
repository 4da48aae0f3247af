using System.Globalization;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>Clauses that the sentences about a study share.</summary>
internal static class SentenceWords
{
    private static readonly string[] Openings = ["on ", "with", "for ", "the "];

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => $"{string.Join(", ", items.SkipLast(1))} and {items[^1]}",
    };

    /// <summary>
    /// Which rows and which head, as an opening: "On hospitals not seen in training, without hospital
    /// effects, "; empty for the usual case.
    /// </summary>
    public static string Where(RunComparison comparison)
    {
        Run run = StudyResults.HeadOf(comparison.Compared.Model, Head.MixedEffects) == Head.MixedEffects
            ? comparison.Compared : comparison.Baseline;
        return Where(run, comparison.Split);
    }

    /// <summary>As <see cref="Where(RunComparison)"/>, of one run.</summary>
    public static string Where(Run run, Split split)
    {
        ClusterWords words = ClusterWords.Of(run.Results);
        var parts = new List<string>();
        if (split == Split.Unseen) parts.Add($"on {words.Unseen}");
        // Readers expect mixed effects on seen clusters where a model has them; anything else is stated.
        bool hasBoth = StudyResults.HeadOf(run.Model, Head.MixedEffects) == Head.MixedEffects;
        if (hasBoth && (split == Split.Unseen || run.Head == Head.FixedEffects)) parts.Add(words.Of(run.Head));
        return parts.Count == 0 ? "" : string.Join(", ", parts) + ", ";
    }

    /// <summary>The text with a capital letter at its start.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];

    /// <summary>A sentence's opening; a model's name keeps its own case.</summary>
    public static NumericText Start(NumericText text) =>
        Openings.Any(o => text.ToString().StartsWith(o, StringComparison.Ordinal)) ? text.Capitalised() : text;

    /// <summary>" [95% CI 0.031 to 0.060]"; empty where an estimate has no interval.</summary>
    public static NumericText Interval(Estimate estimate, Digits digits) => estimate is { Lower: { } lower, Upper: { } upper }
        ? NumericText.Of($" [95% CI {digits.Number(lower)} to {digits.Number(upper)}]") : NumericText.Empty;

    /// <summary>What the change costs: "at a cost of 0.5 points of balanced accuracy (83.1% to 82.6%)".</summary>
    public static NumericText Performance(RunComparison comparison)
    {
        bool classification = comparison.Baseline.IsClassification;
        MetricDescription metric = MetricDescriptions.Performance(classification);
        ChangeEvidence evidence = comparison.Evidence(null, metric.Id);
        string name = classification ? metric.NameInText : "mean squared error";
        if (evidence.Baseline.Value is not { } from || evidence.Compared.Value is not { } to)
            return $"with undefined {name} ({evidence.Baseline.Undefined ?? evidence.Compared.Undefined})";
        Verdict verdict = Verdict.Of(evidence);
        string unclear = verdict switch
        {
            { IsClear: true } => "",
            { Basis: VerdictBasis.PairedTest } => ", not statistically clear",
            // Intervals of two models over the same rows may overlap although the difference is real.
            { Basis: VerdictBasis.Intervals } => ", 95% intervals overlap",
            _ => "",
        };
        if (classification)
        {
            // Computed from the rounded numbers, so that the displayed numbers add up.
            double points = Math.Round(100 * to, 1) - Math.Round(100 * from, 1);
            if (Digits.Fixed(1).IsZero(points)) return $"with unchanged {name} ({Digits.Percent(to)})";
            NumericText values = $"{Digits.Percent(from)} to {Digits.Percent(to)}{unclear}";
            if (points < 0) return $"at a cost of {-points:0.0} points of {name} ({values})";
            return $"with {points:0.0} points more {name} ({values})";
        }

        Digits digits = Digits.Of(metric, classification);
        if (digits.Format(from) == digits.Format(to)) return $"with unchanged {name} ({digits.Number(from)})";
        NumericText change = $"{name} ({digits.Number(from)} to {digits.Number(to)}{unclear})";
        if (from == 0) return $"with a {change}";
        double percent = Math.Abs(100 * (to - from) / from);
        return $"{(to > from ? "at the cost of" : "with")} a {percent:0.0}% {(to > from ? "larger" : "smaller")} {change}";
    }

    /// <summary>
    /// "spread of the true positive rate 0.050 to 0.080"; for several attributes "spread of the true positive rate: age 0.050 to
    /// 0.080, race 0.040 to 0.090".
    /// </summary>
    /// <param name="verdicts">Verdicts by one metric, at least one.</param>
    /// <param name="classification">Whether the task is a classification.</param>
    public static NumericText Values(IReadOnlyList<AttributeVerdict> verdicts, bool classification)
    {
        string metric = verdicts[0].Metric.Id, plain = MetricDescriptions.Get(metric).PlainFor(classification);
        Digits digits = Digits.Of(metric, classification);
        if (verdicts.Count == 1) return $"{plain} {Change(verdicts[0])}";
        return $"{plain}: {NumericText.Join(", ", verdicts.Select(v => NumericText.Of($"{ColumnWords.Of(v.Attribute)} {Change(v)}")))}";

        NumericText Change(AttributeVerdict verdict) =>
            $"{digits.Number(verdict.Baseline.Value!.Value)} to {digits.Number(verdict.Compared.Value!.Value)}";
    }

    /// <summary>The other metrics of the paper, in plain words, by which an attribute is clearly worse.</summary>
    public static string[] WorseIn(RunComparison comparison, string attribute, string but)
    {
        bool classification = comparison.Baseline.IsClassification;
        return
        [
            .. MetricDescriptions.Paper(classification).Spreads
                .Where(m => m != but && comparison.Judge(attribute, m).Kind == VerdictKind.ClearlyWorse)
                .Select(m => MetricDescriptions.Get(m).PlainFor(classification)),
        ];
    }

    /// <summary>"the difference in selection rates is clearly worse".</summary>
    public static string AreWorse(IReadOnlyList<string> metrics) =>
        $"the {List(metrics)} {(metrics.Count == 1 ? "is" : "are")} clearly worse";

    /// <summary>Names the runs whose predictions are no better than a guess that reads no feature; empty where there is none.</summary>
    public static string Useless(RunComparison comparison) => Useless(comparison.Split, comparison.Baseline, comparison.Compared);

    /// <summary>As <see cref="Useless(RunComparison)"/>.</summary>
    public static string Useless(Split split, params Run[] runs)
    {
        string[] names = [.. runs.Where(r => r.On(split) is { } audit
            && (r.IsClassification ? IsNoBetterThanChance(audit) : IsNoBetterThanTheMean(audit))).Select(r => r.Name).Distinct()];
        if (names.Length == 0) return "";
        (string verb, string whose) = names.Length == 1 ? ("predicts", "its") : ("predict", "their");
        return $" {List(names)} {verb} no better than {(runs[0].IsClassification ? "chance" : "the mean of the target")}, so {whose} " +
            "group differences say little.";
    }

    private static bool IsNoBetterThanChance(SplitAudit audit) =>
        audit.BalancedAccuracy is { Value: { } value } balanced && (balanced.Lower ?? value) <= 0.5;

    private static bool IsNoBetterThanTheMean(SplitAudit audit) => audit.RSquared is { Value: <= 0 };
}
