using FairMedl.Core.Data;
using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>What is left of one seed of one model when its folds are pooled: no predictions.</summary>
/// <param name="Fits">What importance is ranked from.</param>
/// <param name="RandomEffects">Of all fits; null where they have none.</param>
/// <param name="Summaries">By fit.</param>
/// <param name="Dead">The heads that learned nothing.</param>
/// <param name="Audits">By head and split; empty where no fold is among those that are compared.</param>
/// <param name="Folds">By compared fit and head.</param>
internal sealed record GatheredSeed(
    IReadOnlyList<FitResult> Fits,
    RandomEffectsAverage? RandomEffects,
    IReadOnlyList<FitSummary> Summaries,
    IReadOnlyList<(FitKey Key, Head Head)> Dead,
    IReadOnlyList<AuditResult> Audits,
    IReadOnlyList<FoldMetrics> Folds)
{
    /// <summary>Id of the model.</summary>
    public string Model => Fits[0].Key.Model;

    /// <summary>Aggregates the fits of one model and seed (at least one); counts their scores if a builder is given.</summary>
    public static GatheredSeed Of(StudyData data, IReadOnlyList<GatheredFit> fits, StudyScoresBuilder? scores,
        GroupMinimum minimum)
    {
        GatheredFit[] folds = [.. fits.Where(f => f.Heads.Count > 0)];
        return new GatheredSeed(
            [.. fits.Select(f => Slim(f.Fit))],
            RandomEffectsAverage.Over(fits.Select(f => f.Fit), data.SeenClusterCount),
            [.. fits.Select(f => Summary(f.Fit))],
            [.. fits.SelectMany(f => f.Dead.Select(head => (f.Fit.Key, head)))],
            folds.Length == 0 ? [] : [.. AuditsOf(data, folds, scores, minimum)],
            [.. folds.SelectMany(f => f.Heads.Select(h => h.Own))]);
    }

    /// <summary>Seen: the test folds pooled. Unseen: the mean over the folds' models.</summary>
    private static IEnumerable<AuditResult> AuditsOf(StudyData data, GatheredFit[] folds, StudyScoresBuilder? scores,
        GroupMinimum minimum)
    {
        (string model, ulong seed, _) = folds[0].Fit.Key;
        FitResult[] fits = [.. folds.Select(f => f.Fit)];
        foreach (GatheredHead[] head in folds.SelectMany(f => f.Heads).GroupBy(h => h.Head).Select(h => h.ToArray()))
        {
            scores?.Add(model, head[0].Head, seed, fits, [.. head.Select(h => h.UnseenScores).OfType<ScoreCounts>()]);
            yield return new AuditResult(model, head[0].Head, Split.Seen, seed, FitAudits.Seen(data, fits, head[0].Head, minimum));
            if (head[0].Unseen is not null)
                yield return new AuditResult(model, head[0].Head, Split.Unseen, seed,
                    SeedAverage.Over([.. head.Select(h => h.Unseen!)], Repetition.FoldModel));
        }
    }

    private static FitSummary Summary(FitResult fit) => new(
        fit.Key, fit.Steps, fit.TrainingRows, fit.TrainSeconds, fit.EvaluateSeconds,
        fit.FixedEffects.Threshold, fit.MixedEffects?.Threshold, fit.SelectedEpoch, fit.Epochs)
    {
        KlWeight = fit.KlWeight,
    };

    private static FitResult Slim(FitResult fit) => fit with
    {
        TestRows = [],
        RandomEffects = null,
        FixedEffects = WithoutPredictions(fit.FixedEffects),
        MixedEffects = fit.MixedEffects is { } mixed ? WithoutPredictions(mixed) : null,
    };

    private static HeadPredictions WithoutPredictions(HeadPredictions head) => head with { Test = [], TestFlips = [] };
}
