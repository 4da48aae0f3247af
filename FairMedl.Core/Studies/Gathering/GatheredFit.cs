using FairMedl.Core.Data;
using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>
/// What a study needs of one fit, audited by itself as soon as it is done. Of its predictions only those of its test rows are
/// left, which wait to be pooled with the other folds: most rows that a study predicts are unseen ones.
/// </summary>
/// <param name="Fit">The fit without its predictions of unseen rows and its trained model.</param>
/// <param name="Dead">The heads that learned nothing.</param>
/// <param name="Heads">By head; empty for a fit that is not among those that are compared.</param>
internal sealed record GatheredFit(FitResult Fit, IReadOnlyList<Head> Dead, IReadOnlyList<GatheredHead> Heads)
{
    /// <summary>Aggregates one fit; counts the scores of unseen rows if a builder is given.</summary>
    public static GatheredFit Of(StudyData data, FitResult fit, bool compared, StudyScoresBuilder? scores, GroupMinimum minimum)
    {
        bool unseen = data.UnseenRows.Length > 0;
        GatheredHead[] heads = !compared ? [] : [.. FitAudits.HeadsOf(fit).Select(head => new GatheredHead(
            head,
            FitAudits.Own(data, fit, head, minimum),
            unseen ? FitAudits.Unseen(data, fit, head, minimum) : null,
            unseen ? scores?.Unseen(FitAudits.Predictions(fit, head)) : null))];
        return new GatheredFit(
            fit with
            {
                FixedEffects = WithoutUnseen(fit.FixedEffects),
                MixedEffects = fit.MixedEffects is { } mixed
                ? WithoutUnseen(mixed) : null,
                Model = null
            },
            [.. DeadNetworks.In(data, [fit]).Select(d => d.Head)],
            heads);
    }

    private static HeadPredictions WithoutUnseen(HeadPredictions head) => head with { Unseen = [], UnseenFlips = [] };
}

/// <summary>What one head of a fit is worth without the other folds.</summary>
/// <param name="Head">Which.</param>
/// <param name="Own">Over the fit's own test fold.</param>
/// <param name="Unseen">Over all unseen rows; null where there are none.</param>
/// <param name="UnseenScores">The scores of the unseen rows as counts; null where there are none or they were not requested.</param>
internal sealed record GatheredHead(Head Head, FoldMetrics Own, SplitAudit? Unseen, ScoreCounts? UnseenScores);
