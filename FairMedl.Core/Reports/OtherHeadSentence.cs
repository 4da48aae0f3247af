using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>
/// Says where the head that is not shown predicts better than the one that is, such as "On unseen clusters MEDL predicts better
/// by its fixed effects than by the mixed effects shown here: balanced accuracy 0.773 [95 % CI 0.761 to 0.785] against 0.752
/// [95 % CI 0.740 to 0.764], though the intervals overlap."
/// </summary>
public static class OtherHeadSentence
{
    /// <summary>The sentence; null where the shown head is as good, or the model has no other.</summary>
    /// <param name="results">The study.</param>
    /// <param name="model">The model's id.</param>
    /// <param name="shown">The head that is shown.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="name">How the model is called; null = by its name in the catalogue.</param>
    public static string? Of(StudyResults results, string model, Head shown, Split split, string? name = null)
    {
        Head other = shown == Head.FixedEffects ? Head.MixedEffects : Head.FixedEffects;
        if (results.Find(model, shown, split) is not { } audit || results.Find(model, other, split) is not { } better) return null;
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        MetricDescription metric = MetricDescriptions.Performance(classification);
        Digits digits = Digits.Of(metric.Id, classification);
        Estimate here = MetricDescriptions.Read(audit.Audit, metric.Id), there = MetricDescriptions.Read(better.Audit, metric.Id);
        if (here.Value is not { } a || there.Value is not { } b || digits.Format(a) == digits.Format(b)) return null;
        if (metric.Better == BetterDirection.Higher ? b < a : b > a) return null;
        string overlap = here.Overlaps(there) ? ", though the intervals overlap" : "";
        return $"On {ResultNames.Long(split)} {name ?? ResultNames.Model(model)} predicts better by its {ResultNames.Long(other)} than by the {ResultNames.Long(shown)} shown here: {metric.NameInText} {Told(there)} against {Told(here)}{overlap}.";

        string Told(Estimate value)
        {
            ReportCell interval = ReportCell.Interval(value, digits);
            return interval == ReportCell.Empty ? digits.Format(value.Value!.Value) : $"{digits.Format(value.Value!.Value)} [95 % CI {interval.Content}]";
        }
    }
}
