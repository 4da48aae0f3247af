using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Counts;
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
    public static FoldMetrics Own(StudyData data, FitResult fit, Head head, GroupMinimum minimum)
    {
        HeadPredictions own = Predictions(fit, head);
        // A fold counts the groups that are large enough in all seen rows, as the pooled predictions of all folds do.
        AttributeRows[] attributes = [.. data.Sensitive.Select(s => AttributeRows.Of(s, fit.TestRows, minimum) with
        {
            Large = LargeIn(data, s, minimum),
        })];
        SplitAudit audit = Audit(data, fit.TestRows, attributes, own.Test, Decisions(own), own.TestFlips, null);
        return FoldMetrics.Of(fit, head, audit, data.Task == PredictionTask.Classification);
    }

    /// <summary>A fold's model over all unseen rows, resampled on its own.</summary>
    public static SplitAudit Unseen(StudyData data, FitResult fit, Head head, GroupMinimum minimum)
    {
        HeadPredictions own = Predictions(fit, head);
        var resampling = new AuditResampling(StudyGathering.Resampling(fit.Key.Seed, head).Child("unseen").Child((ulong)fit.Key.Fold),
            UnseenReplicates, ClustersOf(data, data.UnseenRows));
        return Audit(data, data.UnseenRows, Attributes(data, data.UnseenRows, minimum), own.Unseen, [.. own.Unseen.Select(p => p >= own.Threshold)], own.UnseenFlips, resampling);
    }

    /// <summary>The test folds of one seed of one model, pooled, each under its own threshold.</summary>
    public static SplitAudit Seen(StudyData data, IReadOnlyList<FitResult> folds, Head head, GroupMinimum minimum)
    {
        HeadPredictions[] heads = [.. folds.Select(f => Predictions(f, head))];
        int[] rows = [.. folds.SelectMany(f => f.TestRows)];
        float[][] flips = [.. data.Sensitive.Select((_, a) => heads.SelectMany(h => h.TestFlips[a]).ToArray())];
        var resampling = new AuditResampling(StudyGathering.Resampling(folds[0].Key.Seed, head), Clusters: ClustersOf(data, rows));
        return Audit(data, rows, Attributes(data, rows, minimum), [.. heads.SelectMany(h => h.Test)], [.. heads.SelectMany(Decisions)], flips, resampling);
    }

    private static bool[] Decisions(HeadPredictions head) => [.. head.Test.Select(p => p >= head.Threshold)];

    private static int[] ClustersOf(StudyData data, int[] rows) => Array.ConvertAll(rows, row => data.Cluster[row]);

    private static AttributeRows[] Attributes(StudyData data, int[] rows, GroupMinimum minimum) =>
        [.. data.Sensitive.Select(s => AttributeRows.Of(s, rows, minimum))];

    private static LargeGroups LargeIn(StudyData data, SensitiveAttribute attribute, GroupMinimum minimum)
    {
        int[] groups = Array.ConvertAll(data.SeenRows, r => attribute.Groups[r]);
        if (data.Task == PredictionTask.Classification)
        {
            float[] labels = Array.ConvertAll(data.SeenRows, r => data.Target[r]);
            return LargeGroups.Of(ConfusionCounts.ByGroup(labels, new bool[labels.Length], groups, attribute.GroupNames.Count),
                minimum.LargeFrom);
        }

        var sizes = new int[attribute.GroupNames.Count];
        foreach (int g in groups) sizes[g]++;
        return LargeGroups.Of(sizes, minimum.LargeFrom);
    }

    private static SplitAudit Audit(StudyData data, int[] rows, AttributeRows[] attributes, float[] predictions, bool[] decisions,
        float[][] flips, AuditResampling? resampling)
    {
        float[] targets = [.. rows.Select(r => data.Target[r])];
        return data.Task == PredictionTask.Classification
            ? SplitAuditor.Classification(targets, predictions, decisions, attributes, flips, resampling)
            : SplitAuditor.Regression(targets, predictions, attributes, flips, resampling);
    }
}
