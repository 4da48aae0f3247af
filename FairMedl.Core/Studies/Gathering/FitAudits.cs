using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>Audits of fits' predictions: what each fit is worth alone, and the test folds of one seed pooled.</summary>
internal static class FitAudits
{
    /// <summary>Resamples of each fold's unseen audit; the folds' mean steadies them.</summary>
    private const int UnseenReplicates = 200;

    /// <summary>The heads that a fit has.</summary>
    public static IReadOnlyList<Head> HeadsOf(FitResult fit) =>
        fit.MixedEffects is not null ? [Head.FixedEffects, Head.MixedEffects] : [Head.FixedEffects];

    /// <summary>Returns the predictions of one head.</summary>
    public static HeadPredictions Predictions(FitResult fit, Head head) => head == Head.FixedEffects ? fit.FixedEffects : fit.MixedEffects!;

    /// <summary>A fit over its own test fold; without intervals, because a test over folds needs none.</summary>
    public static FoldMetrics Own(StudyData data, FitResult fit, Head head)
    {
        HeadPredictions own = Predictions(fit, head);
        SplitAudit audit = Audit(data, fit.TestRows, own.Test, Decisions(own), own.TestFlips, null);
        return FoldMetrics.Of(fit, head, audit, data.Task == PredictionTask.Classification);
    }

    /// <summary>A fold's model over all unseen rows, resampled on its own.</summary>
    public static SplitAudit Unseen(StudyData data, FitResult fit, Head head)
    {
        HeadPredictions own = Predictions(fit, head);
        var resampling = new AuditResampling(StudyGathering.Resampling(fit.Key.Seed, head).Child("unseen").Child((ulong)fit.Key.Fold),
            UnseenReplicates, ClustersOf(data, data.UnseenRows));
        return Audit(data, data.UnseenRows, own.Unseen, [.. own.Unseen.Select(p => p >= own.Threshold)], own.UnseenFlips, resampling);
    }

    /// <summary>The test folds of one seed of one model, pooled, each under its own threshold.</summary>
    public static SplitAudit Seen(StudyData data, IReadOnlyList<FitResult> folds, Head head)
    {
        HeadPredictions[] heads = [.. folds.Select(f => Predictions(f, head))];
        int[] rows = [.. folds.SelectMany(f => f.TestRows)];
        float[][] flips = [.. data.Sensitive.Select((_, a) => heads.SelectMany(h => h.TestFlips[a]).ToArray())];
        var resampling = new AuditResampling(StudyGathering.Resampling(folds[0].Key.Seed, head), Clusters: ClustersOf(data, rows));
        return Audit(data, rows, [.. heads.SelectMany(h => h.Test)], [.. heads.SelectMany(Decisions)], flips, resampling);
    }

    private static bool[] Decisions(HeadPredictions head) => [.. head.Test.Select(p => p >= head.Threshold)];

    private static int[] ClustersOf(StudyData data, int[] rows) => Array.ConvertAll(rows, row => data.Cluster[row]);

    private static SplitAudit Audit(StudyData data, int[] rows, float[] predictions, bool[] decisions, float[][] flips,
        AuditResampling? resampling)
    {
        float[] targets = [.. rows.Select(r => data.Target[r])];
        AttributeRows[] attributes = [.. data.Sensitive.Select(s => AttributeRows.Of(s, rows))];
        return data.Task == PredictionTask.Classification
            ? SplitAuditor.Classification(targets, predictions, decisions, attributes, flips, resampling)
            : SplitAuditor.Regression(targets, predictions, attributes, flips, resampling);
    }
}
