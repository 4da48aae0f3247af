using System.Reflection;
using FairMedl.Core.Data;
using FairMedl.Core.Fairness;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Models;
using FairMedl.Core.Training;

namespace FairMedl.Core.Experiments;

/// <summary>
/// Gathers fits into a study's numbers (method, sections 4 and 7). Seen: each seed's test folds pooled, each fold under its
/// own threshold. Unseen: each fold's model audited over all unseen rows, then averaged. Then both over seeds.
/// </summary>
public static class StudyGathering
{
    /// <summary>Resamples of each fold's unseen audit; the folds' mean steadies them.</summary>
    private const int UnseenReplicates = 200;

    /// <summary>The results of the fits at hand, all of the plan's or fewer.</summary>
    public static StudyResults Gather(StudyPlan plan, IReadOnlyList<FitResult> fits)
    {
        var order = plan.Fits.Select((f, i) => (f.Key, i)).ToDictionary(p => p.Key, p => p.i);
        FitResult[] known = [.. fits.Where(f => order.ContainsKey(f.Key)).OrderBy(f => order[f.Key])];
        (string[] models, FitResult[] compared) = Comparable(plan, known);
        StudyHeader header = Header(plan, known, compared);
        return new StudyResults
        {
            Header = header,
            Audits = [.. models.SelectMany(model => Audits(plan.Data, model, [.. compared.Where(f => f.Key.Model == model)]))],
            Folds = [.. compared.SelectMany(fit => HeadsOf([fit]).Select(head => OwnFold(plan.Data, fit, head)))],
            Fits = [.. known.Select(Summary)],
            Importance = [.. models.Select(model => ImportanceRanking.Over(model, [.. known.Where(f => f.Key.Model == model)]))],
            RandomEffects = [.. models
                .Select(model => RandomEffectsAverage.Over(model, [.. known.Where(f => f.Key.Model == model)], [.. header.Clusters.Select(c => c.Name)], [.. header.Clusters.Select(c => c.Rows)]))
                .OfType<RandomEffectsResult>()],
        };
    }

    /// <summary>
    /// While a study is unfinished, or where a fit failed, models are compared on the folds that all of them have, so that
    /// they are compared on the same rows; a seed that lacks folds is left out while another is complete. A model that has
    /// no fold in common with the others waits.
    /// </summary>
    private static (string[] Models, FitResult[] Fits) Comparable(StudyPlan plan, FitResult[] known)
    {
        ILookup<string, FitResult> byModel = known.ToLookup(f => f.Key.Model);
        List<string> models = [.. plan.Definition.Models.Select(m => m.Model).Where(byModel.Contains)];
        HashSet<(ulong, int)> common = [];
        while (models.Count > 0)
        {
            common = [.. models.Select(m => byModel[m].Select(f => (f.Key.Seed, f.Key.Fold))).Aggregate((a, b) => a.Intersect(b))];
            if (common.Count > 0) break;
            models.Remove(models.MinBy(m => byModel[m].Count())!);
        }

        var foldsOf = common.CountBy(c => c.Item1).ToDictionary();
        int most = foldsOf.Values.DefaultIfEmpty(0).Max();
        return ([.. models], [.. known.Where(f => models.Contains(f.Key.Model) && common.Contains((f.Key.Seed, f.Key.Fold)) && foldsOf[f.Key.Seed] == most)]);
    }

    private static IEnumerable<AuditResult> Audits(StudyData data, string model, FitResult[] fits)
    {
        foreach (Head head in HeadsOf(fits))
        {
            foreach (Split split in data.UnseenRows.Length == 0 ? [Split.Seen] : new[] { Split.Seen, Split.Unseen })
            {
                AuditResult[] bySeed = [.. fits
                    .GroupBy(f => f.Key.Seed)
                    .Select(g => new AuditResult(model, head, split, g.Key, split == Split.Seen ? Seen(data, head, [.. g]) : Unseen(data, head, [.. g])))];
                foreach (AuditResult one in bySeed) yield return one;
                yield return new AuditResult(model, head, split, null, SeedAverage.Over([.. bySeed.Select(a => a.Audit)]));
            }
        }
    }

    private static Head[] HeadsOf(FitResult[] fits) => fits.Any(f => f.MixedEffects is not null) ? [Head.FixedEffects, Head.MixedEffects] : [Head.FixedEffects];

    private static SplitAudit Seen(StudyData data, Head head, FitResult[] folds)
    {
        HeadPredictions[] heads = [.. folds.Select(f => Of(f, head))];
        int[] rows = [.. folds.SelectMany(f => f.TestRows)];
        float[][] swaps = [.. data.Sensitive.Select((_, a) => heads.SelectMany(h => h.TestSwaps[a]).ToArray())];
        bool[] decisions = [.. heads.SelectMany(h => h.Test.Select(p => p >= h.Threshold))];
        return Audit(data, rows, [.. heads.SelectMany(h => h.Test)], decisions, swaps, new AuditResampling(Resampling(folds[0].Key, head), Clusters: ClustersOf(data, rows)));
    }

    /// <summary>A fit over its own test fold; without intervals, because a test over folds needs none.</summary>
    private static FoldMetrics OwnFold(StudyData data, FitResult fit, Head head)
    {
        HeadPredictions own = Of(fit, head);
        SplitAudit audit = Audit(data, fit.TestRows, own.Test, [.. own.Test.Select(p => p >= own.Threshold)], own.TestSwaps, null);
        return FoldMetrics.Of(fit, head, audit, data.Task == PredictionTask.Classification);
    }

    /// <summary>Each fold's model over all unseen rows, resampled on its own.</summary>
    private static SplitAudit Unseen(StudyData data, Head head, FitResult[] folds) => SeedAverage.Over([.. folds.Select(fold =>
    {
        HeadPredictions own = Of(fold, head);
        var resampling = new AuditResampling(Resampling(fold.Key, head).Child("unseen").Child((ulong)fold.Key.Fold), UnseenReplicates, ClustersOf(data, data.UnseenRows));
        return Audit(data, data.UnseenRows, own.Unseen, [.. own.Unseen.Select(p => p >= own.Threshold)], own.UnseenSwaps, resampling);
    })], Repetition.FoldModel);

    private static int[] ClustersOf(StudyData data, int[] rows) => Array.ConvertAll(rows, row => data.Cluster[row]);

    private static SplitAudit Audit(StudyData data, int[] rows, float[] predictions, bool[] decisions, float[][] swaps, AuditResampling? resampling)
    {
        float[] targets = [.. rows.Select(r => data.Target[r])];
        AttributeRows[] attributes = [.. data.Sensitive.Select(s => AttributeRows.Of(s, rows))];
        return data.Task == PredictionTask.Classification
            ? SplitAuditor.Classification(targets, predictions, decisions, attributes, swaps, resampling)
            : SplitAuditor.Regression(targets, predictions, attributes, swaps, resampling);
    }

    /// <summary>The same draws for every model of a seed and head, so that models are resampled alike.</summary>
    private static RandomStream Resampling(FitKey key, Head head) => new RandomStream(key.Seed).Child("resampling").Child(head == Head.FixedEffects ? "fe" : "me");

    private static HeadPredictions Of(FitResult fit, Head head) => head == Head.FixedEffects ? fit.FixedEffects : fit.MixedEffects!;

    private static FitSummary Summary(FitResult fit) => new(
        fit.Key, fit.Steps, fit.TrainingRows, fit.TrainSeconds, fit.EvaluateSeconds,
        fit.FixedEffects.Threshold, fit.MixedEffects?.Threshold, fit.SelectedEpoch, fit.Epochs);

    private static StudyHeader Header(StudyPlan plan, FitResult[] known, FitResult[] compared)
    {
        StudyData data = plan.Data;
        int[] sizes = new int[data.ClusterNames.Count];
        foreach (int cluster in data.Cluster) sizes[cluster]++;
        return new StudyHeader(
            plan.Definition.Name,
            ExperimentJson.Hash(plan.Definition),
            plan.DataHash,
            Version,
            ComputeDevice.Description,
            plan.Definition,
            data.TargetDescription,
            data.RowCount,
            data.SeenRows.Length,
            data.UnseenRows.Length,
            [.. Enumerable.Range(0, data.SeenClusterCount).Select(c => new ClusterSize(data.ClusterNames[c], sizes[c]))],
            plan.Fits.Count,
            [.. data.Warnings.Select(w => w.ToString()), .. Notes(plan, known, compared)]);
    }

    private static IEnumerable<string> Notes(StudyPlan plan, FitResult[] known, FitResult[] compared)
    {
        if (compared.Length < plan.Fits.Count)
            yield return $"{known.Length} of {plan.Fits.Count} fits are done; the figures rest on the {compared.Length} whose seed and fold every compared model has.";
        long unseenLevels = known.Sum(f => f.UnseenLevels);
        if (unseenLevels > 0)
            yield return $"{unseenLevels} cells of test and unseen rows, over all fits, hold a level that no training row has, or miss a number that no training row misses; they are encoded as zeros.";
        foreach (string dead in DeadNetworks.Told(plan.Data, known)) yield return dead;
    }

    internal static string Version { get; } =
        typeof(StudyGathering).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
