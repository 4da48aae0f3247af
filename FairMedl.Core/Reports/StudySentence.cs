using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>
/// The sentence that results begin with, such as "Fair(ADB) MEDL cuts the TPR spread across age groups, the widest of 3
/// attributes, from 0.174 to 0.097 [95 % CI 0.088 to 0.108]; balanced accuracy 0.813 to 0.811." It looks at the attribute that a
/// person chose, else at the one whose groups are furthest apart under the baseline; it says which of the two it is, says
/// "raises" or "leaves unchanged" where that is so, and names overlapping intervals.
/// </summary>
public static class StudySentence
{
    /// <summary>For the study's main comparison, or for what is there so far; by the head and of the attribute asked for, null = the main head, the widest spread.</summary>
    public static string Of(StudyResults results, Split split = Split.Seen, Head? head = null, string? attribute = null)
    {
        if (StudyComparison.Main(results.Header.Definition) is { } chosen && By(head, results, chosen.Baseline, split) is not null && By(head, results, chosen.Fair, split) is not null)
            return Of(results, chosen.Baseline, chosen.Fair, split, head, attribute);
        AuditResult? first = results.Audits.FirstOrDefault(a => a.Seed is null && a.Split == split && a.Head == StudyResults.HeadOf(a.Model, head ?? StudyResults.MainHead(split)));
        return first is null ? "No fit has finished yet." : Alone(results, first, attribute);
    }

    /// <summary>The attribute that the sentence of a baseline speaks of: the one whose groups are furthest apart under it; null where no spread is defined.</summary>
    public static string? AttributeOf(StudyResults results, string baseline, Split split = Split.Seen, Head? head = null) =>
        By(head, results, baseline, split) is { } from
            ? WidestSpread.Among(results, from.Audit, Metrics(results.Header.Definition.Data.Target.Task == PredictionTask.Classification).Spread)?.Attribute
            : null;

    /// <summary>For two models, each by the head asked for where it has both, of the attribute asked for; null = the main head, the widest spread.</summary>
    public static string Of(StudyResults results, string baseline, string fair, Split split = Split.Seen, Head? head = null, string? attribute = null)
    {
        if (By(head, results, baseline, split) is not { } from) return TableNotes.Missing(baseline, split);
        if (By(head, results, fair, split) is not { } to) return TableNotes.Missing(fair, split);
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        (MetricDescription spread, string spreadName, MetricDescription performance) = Metrics(classification);
        string cost = $"{performance.NameInText} {Show(MetricDescriptions.Read(from.Audit, performance.Id), performance, classification)} to {Show(MetricDescriptions.Read(to.Audit, performance.Id), performance, classification)}";
        string where = Where(to);
        WidestSpread? widest = WidestSpread.Among(results, from.Audit, spread);
        if (Find(from.Audit, attribute ?? widest?.Attribute) is not { } told || Find(to.Audit, told.Attribute) is not { } compared)
            return $"{ResultNames.Model(fair)} against {ResultNames.Model(baseline)}{where}: no spread is defined; {cost}.";

        Estimate before = MetricDescriptions.Read(told, spread.Id), after = MetricDescriptions.Read(compared, spread.Id);
        EffectBand band = EffectBand.Of(before, after, baselineFloor: MetricDescriptions.Floor(told, spread.Id), floor: MetricDescriptions.Floor(compared, spread.Id));
        string numbers = $"from {Show(before, spread, classification)} to {Show(after, spread, classification)}{Interval(after, spread, classification)}";
        string standing = widest?.Standing(told.Attribute) is { Length: > 0 } which ? $"{which}," : "";
        string what = $"the {spreadName} across {told.Attribute} groups{where}{standing}";
        string text = band.Size switch
        {
            EffectSize.ModerateToLarge or EffectSize.Low => $"cuts {what} {numbers}{Doubt(band)}",
            EffectSize.Negligible => $"leaves {what} nearly unchanged, {numbers}",
            EffectSize.Worse => $"raises {what} {numbers}{Doubt(band)}",
            EffectSize.Undefined => $"changes {what} {numbers}",
        };
        return $"{ResultNames.Model(fair)} {text}; {cost}.{widest?.Instead(told.Attribute, spreadName, ResultNames.Model(baseline), Digits.Of(spread.Id, classification))}{Raised(from, to, told.Attribute, spread, classification)}{Useless(classification, from, to)}";
    }

    /// <summary>The sentence of two models by their main heads, and a sentence for each of them that predicts better by its other head.</summary>
    public static IEnumerable<string> WithOtherHeads(StudyResults results, string baseline, string fair, Split split) =>
        new[] { fair, baseline }.Select(m => OtherHeadSentence.Of(results, m, StudyResults.MainHead(m, split), split)).OfType<string>().Prepend(Of(results, baseline, fair, split));

    /// <summary>What the change costs other attributes: a sentence that names those whose spread is worse, whether or not by more than chance.</summary>
    private static string Raised(AuditResult from, AuditResult to, string told, MetricDescription spread, bool classification)
    {
        var raised = new List<string>();
        foreach ((AttributeAudit before, AttributeAudit after) in from.Audit.Attributes.Join(to.Audit.Attributes, a => a.Attribute, a => a.Attribute, (a, b) => (a, b)))
        {
            Estimate was = MetricDescriptions.Read(before, spread.Id), now = MetricDescriptions.Read(after, spread.Id);
            EffectBand band = EffectBand.Of(was, now);
            if (before.Attribute == told || band.Size != EffectSize.Worse) continue;
            string doubt = MetricDescriptions.Floor(after, spread.Id) is { } floor && now.Value <= floor.Percentile95 ? ", within chance at these group sizes" : Doubt(band);
            raised.Add($"{before.Attribute} (from {Show(was, spread, classification)} to {Show(now, spread, classification)}{doubt})");
        }

        return raised.Count == 0 ? "" : $" It widens the spread across {string.Join(" and ", raised)}.";
    }

    /// <summary>Names the models whose predictions are no better than a guess that looks at no feature.</summary>
    private static string Useless(bool classification, params AuditResult[] audits)
    {
        string[] models = audits.Where(a => classification ? NoBetterThanChance(a.Audit) : NoBetterThanTheMean(a.Audit)).Select(a => ResultNames.Model(a.Model)).Distinct().ToArray();
        if (models.Length == 0) return "";
        string verb = models.Length == 1 ? "predicts" : "predict", whose = models.Length == 1 ? "its" : "their";
        return $" {string.Join(" and ", models)} {verb} no better than {(classification ? "chance" : "the mean of the target for every row")}: {whose} spreads mean little.";
    }

    private static bool NoBetterThanChance(SplitAudit audit) => audit.BalancedAccuracy is { Value: { } value } balanced && (balanced.Lower ?? value) <= 0.5;

    private static bool NoBetterThanTheMean(SplitAudit audit) => audit.RSquared is { Value: <= 0 };

    private static string Alone(StudyResults results, AuditResult audit, string? attribute)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        (MetricDescription spread, string spreadName, MetricDescription performance) = Metrics(classification);
        string text = $"{ResultNames.Model(audit.Model)}{Where(audit)}: {performance.NameInText} {Show(MetricDescriptions.Read(audit.Audit, performance.Id), performance, classification)}";
        WidestSpread? widest = WidestSpread.Among(results, audit.Audit, spread);
        if (Find(audit.Audit, attribute ?? widest?.Attribute) is not { } told) return $"{text}; no spread is defined.{Useless(classification, audit)}";
        Estimate value = MetricDescriptions.Read(told, spread.Id);
        string standing = widest?.Standing(told.Attribute) is { Length: > 0 } which ? $"{which}," : "";
        return $"{text}; the {spreadName} across {told.Attribute} groups{standing} is {Show(value, spread, classification)}{Interval(value, spread, classification)}.{widest?.Instead(told.Attribute, spreadName, ResultNames.Model(audit.Model), Digits.Of(spread.Id, classification))}{Useless(classification, audit)}";
    }

    private static (MetricDescription Spread, string Name, MetricDescription Performance) Metrics(bool classification) => classification
        ? (MetricDescriptions.Get("tpr_sd"), "TPR spread", MetricDescriptions.Performance(classification))
        : (MetricDescriptions.Get("mse_sd"), "spread of the mean squared error", MetricDescriptions.Performance(classification));

    // Null = the main head.
    private static AuditResult? By(Head? head, StudyResults results, string model, Split split) =>
        results.Find(model, StudyResults.HeadOf(model, head ?? StudyResults.MainHead(split)), split);

    // Mixed effects on seen clusters are what a reader expects of such a model; anything else is said.
    private static string Where(AuditResult audit) =>
        (audit.Split == Split.Unseen ? " on unseen clusters" : "")
        + (StudyResults.HeadOf(audit.Model, Head.MixedEffects) == Head.FixedEffects || (audit.Split == Split.Seen && audit.Head == Head.MixedEffects) ? "" : $" by {ResultNames.Long(audit.Head)}");

    private static AttributeAudit? Find(SplitAudit audit, string? attribute) => audit.Attributes.FirstOrDefault(a => a.Attribute == attribute);

    private static string Show(Estimate value, MetricDescription metric, bool classification) =>
        value.Value is { } v ? Digits.Of(metric.Id, classification).Format(v) : $"undefined ({value.Undefined})";

    private static string Interval(Estimate value, MetricDescription metric, bool classification)
    {
        if (value is not { Value: not null, Lower: { } lower, Upper: { } upper }) return "";
        Digits digits = Digits.Of(metric.Id, classification);
        return $" [95 % CI {digits.Format(lower)} to {digits.Format(upper)}]";
    }

    private static string Doubt(EffectBand band) => band.Doubt switch
    {
        EffectBand.BelowFloor => ", though both are below the noise floor",
        EffectBand.Overlap => ", though the 95 % intervals overlap",
        EffectBand.OverlapByClusters => ", though the 95 % intervals by clusters overlap",
        _ => "",
    };
}
