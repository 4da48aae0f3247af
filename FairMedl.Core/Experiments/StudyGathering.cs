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

    /// <summary>Threads of a gathering at the most: each holds the predictions of one seed of one model.</summary>
    private const int MostAtOnce = 4;

    /// <summary>Bytes of predictions that all threads of a gathering may hold together; one thread goes on however many it takes.</summary>
    private const long MostBytes = 256L << 20;

    /// <summary>The results of the fits at hand, all of the plan's or fewer.</summary>
    public static StudyResults Gather(StudyPlan plan, IReadOnlyList<FitResult> fits) => Gather(plan, new FitsInMemory(fits), withScores: false).Results;

    /// <summary>The results of the fits that are done, and their scores as counts; of the predictions a few seeds' of one model are in memory at a time.</summary>
    public static GatheredStudy Gather(StudyPlan plan, IFitSource fits) => Gather(plan, fits, withScores: true);

    private static GatheredStudy Gather(StudyPlan plan, IFitSource fits, bool withScores)
    {
        var order = plan.Fits.Select((f, i) => (f.Key, i)).ToDictionary(p => p.Key, p => p.i);
        FitKey[] known = [.. fits.Keys.Where(order.ContainsKey).OrderBy(k => order[k])];
        (string[] models, HashSet<FitKey> compared) = Comparable(plan, known);
        StudyScoresBuilder? scores = withScores ? StudyScoresBuilder.For(plan.Data, compared) : null;
        IGrouping<(string Model, ulong Seed), FitKey>[] repetitions = [.. known.GroupBy(k => (k.Model, k.Seed))];
        SeedOfModel[] gathered = OwnThreads.Run(repetitions.Length, Threads(plan.Data, known, Environment.ProcessorCount), i => Gather(plan, fits.Read([.. repetitions[i]]), compared, scores));
        ILookup<string, SeedOfModel> byModel = gathered.ToLookup(g => g.Model);
        FitResult[] Fits(string model) => [.. byModel[model].SelectMany(g => g.Fits)];
        IEnumerable<AuditResult> OverSeeds(string model) => byModel[model].SelectMany(g => g.Audits).GroupBy(a => (a.Head, a.Split)).OrderBy(g => g.Key).SelectMany(g =>
            g.Append(new AuditResult(model, g.Key.Head, g.Key.Split, null, SeedAverage.Over([.. g.Select(a => a.Audit)]))));

        (FitKey Key, Head Head)[] dead = [.. gathered.SelectMany(g => g.Dead).OrderBy(d => order[d.Key])];
        StudyHeader header = Header(plan, known.Length, compared.Count, gathered.SelectMany(g => g.Fits).Sum(f => f.UnseenLevels), dead);
        var results = new StudyResults
        {
            Header = header,
            Audits = [.. models.SelectMany(OverSeeds)],
            Folds = [.. models.SelectMany(m => byModel[m]).SelectMany(g => g.Folds)],
            DeadNetworks = [.. DeadNetworks.Told(dead)],
            Fits = [.. gathered.SelectMany(g => g.Summaries).OrderBy(f => order[f.Key])],
            Importance = [.. models.Select(model => ImportanceRanking.Over(model, Fits(model)))],
            RandomEffects = [.. models
                .Select(model => RandomEffectsAverage.Over(model, Fits(model), [.. header.Clusters.Select(c => c.Name)], [.. header.Clusters.Select(c => c.Rows)]))
                .OfType<RandomEffectsResult>()],
        };
        return new GatheredStudy(results, scores?.Build());
    }

    /// <summary>As many threads as there are processors and their predictions fit in memory: a prediction and a swap by attribute of every seen row once, and of every unseen row by each fold's model.</summary>
    internal static int Threads(StudyData data, IReadOnlyCollection<FitKey> fits, int processors)
    {
        long most = fits.GroupBy(f => (f.Model, f.Seed)).Select(seed => HeadsOf(seed.Key.Model) * (data.SeenRows.Length + seed.LongCount() * data.UnseenRows.Length)).DefaultIfEmpty(0).Max();
        long bytes = sizeof(float) * (1 + data.Sensitive.Count) * most;
        return (int)Math.Clamp(MostBytes / Math.Max(1, bytes), 1, Math.Min(processors, MostAtOnce));
    }

    /// <summary>How many heads predict.</summary>
    internal static long HeadsOf(string model) => ModelCatalogue.Find(model) is { RandomEffects: true } ? 2 : 1;

    /// <summary>One seed of one model; its predictions are let go here.</summary>
    private static SeedOfModel Gather(StudyPlan plan, IReadOnlyList<FitResult> fits, HashSet<FitKey> compared, StudyScoresBuilder? scores)
    {
        FitKey key = fits[0].Key;
        FitResult[] folds = [.. fits.Where(f => compared.Contains(f.Key))];
        if (folds.Length > 0 && scores is not null)
            foreach (Head head in HeadsOf(folds)) scores.Add(key.Model, head, key.Seed, folds);
        return new SeedOfModel(
            key.Model,
            [.. fits.Select(WithoutPredictions)],
            [.. fits.Select(Summary)],
            DeadNetworks.In(plan.Data, fits),
            folds.Length == 0 ? [] : [.. Audits(plan.Data, key.Model, key.Seed, folds)],
            [.. folds.SelectMany(fit => HeadsOf([fit]).Select(head => OwnFold(plan.Data, fit, head)))]);
    }

    /// <summary>
    /// While a study is unfinished, or where a fit failed, models are compared on the folds that all of them have, so that
    /// they are compared on the same rows; a seed that lacks folds is left out while another is complete. A model that has
    /// no fold in common with the others waits.
    /// </summary>
    private static (string[] Models, HashSet<FitKey> Fits) Comparable(StudyPlan plan, FitKey[] known)
    {
        ILookup<string, FitKey> byModel = known.ToLookup(f => f.Model);
        List<string> models = [.. plan.Definition.Models.Select(m => m.Model).Where(byModel.Contains)];
        HashSet<(ulong, int)> common = [];
        while (models.Count > 0)
        {
            common = [.. models.Select(m => byModel[m].Select(f => (f.Seed, f.Fold))).Aggregate((a, b) => a.Intersect(b))];
            if (common.Count > 0) break;
            models.Remove(models.MinBy(m => byModel[m].Count())!);
        }

        var foldsOf = common.CountBy(c => c.Item1).ToDictionary();
        int most = foldsOf.Values.DefaultIfEmpty(0).Max();
        return ([.. models], [.. known.Where(f => models.Contains(f.Model) && common.Contains((f.Seed, f.Fold)) && foldsOf[f.Seed] == most)]);
    }

    private static IEnumerable<AuditResult> Audits(StudyData data, string model, ulong seed, FitResult[] folds) =>
        from head in HeadsOf(folds)
        from split in data.UnseenRows.Length == 0 ? [Split.Seen] : new[] { Split.Seen, Split.Unseen }
        select new AuditResult(model, head, split, seed, split == Split.Seen ? Seen(data, head, folds) : Unseen(data, head, folds));

    private static Head[] HeadsOf(FitResult[] fits) => fits.Any(f => f.MixedEffects is not null) ? [Head.FixedEffects, Head.MixedEffects] : [Head.FixedEffects];

    private static SplitAudit Seen(StudyData data, Head head, FitResult[] folds)
    {
        HeadPredictions[] heads = [.. folds.Select(f => Of(f, head))];
        int[] rows = [.. folds.SelectMany(f => f.TestRows)];
        float[][] swaps = [.. data.Sensitive.Select((_, a) => heads.SelectMany(h => h.TestSwaps[a]).ToArray())];
        bool[] decisions = [.. heads.SelectMany(h => h.Test.Select(p => p >= h.Threshold))];
        return Audit(data, rows, [.. heads.SelectMany(h => h.Test)], decisions, swaps, new AuditResampling(Resampling(folds[0].Key.Seed, head), Clusters: ClustersOf(data, rows)));
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
        var resampling = new AuditResampling(Resampling(fold.Key.Seed, head).Child("unseen").Child((ulong)fold.Key.Fold), UnseenReplicates, ClustersOf(data, data.UnseenRows));
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
    internal static RandomStream Resampling(ulong seed, Head head) => new RandomStream(seed).Child("resampling").Child(head == Head.FixedEffects ? "fe" : "me");

    private static HeadPredictions Of(FitResult fit, Head head) => head == Head.FixedEffects ? fit.FixedEffects : fit.MixedEffects!;

    private static FitSummary Summary(FitResult fit) => new(
        fit.Key, fit.Steps, fit.TrainingRows, fit.TrainSeconds, fit.EvaluateSeconds,
        fit.FixedEffects.Threshold, fit.MixedEffects?.Threshold, fit.SelectedEpoch, fit.Epochs);

    /// <summary>What is left of one seed of one model.</summary>
    private sealed record SeedOfModel(
        string Model,
        IReadOnlyList<FitResult> Fits,
        IReadOnlyList<FitSummary> Summaries,
        IReadOnlyList<(FitKey Key, Head Head)> Dead,
        IReadOnlyList<AuditResult> Audits,
        IReadOnlyList<FoldMetrics> Folds);

    /// <summary>What importance and random effects are averaged from.</summary>
    private static FitResult WithoutPredictions(FitResult fit) => fit with
    {
        TestRows = [],
        FixedEffects = WithoutPredictions(fit.FixedEffects),
        MixedEffects = fit.MixedEffects is { } mixed ? WithoutPredictions(mixed) : null,
        Model = null,
    };

    private static HeadPredictions WithoutPredictions(HeadPredictions head) => head with { Test = [], TestSwaps = [], Unseen = [], UnseenSwaps = [] };

    private static StudyHeader Header(StudyPlan plan, int known, int compared, long unseenLevels, IReadOnlyList<(FitKey Key, Head Head)> dead)
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
            [.. data.Warnings.Select(w => w.ToString()), .. Notes(plan, known, compared, unseenLevels, dead)]);
    }

    private static IEnumerable<string> Notes(StudyPlan plan, int known, int compared, long unseenLevels, IReadOnlyList<(FitKey Key, Head Head)> dead)
    {
        if (compared < plan.Fits.Count)
            yield return $"{known} of {plan.Fits.Count} fits are done; the figures rest on the {compared} whose seed and fold every compared model has.";
        if (unseenLevels > 0)
            yield return $"{unseenLevels} cells of test and unseen rows, over all fits, hold a level that no training row has, or miss a number that no training row misses; they are encoded as zeros.";
        if (plan.Definition.Protocol.Probes && plan.Data.UnseenRows.Length > 0)
            yield return "The confounding probes are 0 in rows of unseen clusters, where no fit has met that value: the figures for unseen clusters are not what these models would do without probes.";
        foreach (string sentence in DeadNetworks.Told(dead)) yield return sentence;
    }

    internal static string Version { get; } =
        typeof(StudyGathering).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}

/// <summary>A study's numbers, and what lets them be counted anew.</summary>
/// <param name="Results">What pages and reports read.</param>
/// <param name="Scores">The scores as counts; null for a regression, and where there are too many groups to count them.</param>
public sealed record GatheredStudy(StudyResults Results, StudyScores? Scores);
