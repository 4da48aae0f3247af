using System.Collections.Concurrent;
using System.Reflection;
using FairMedl.Core.Data;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>
/// Gathers fits into a study's numbers (docs/method.md). Seen: each seed's test folds pooled, each fold under its
/// own threshold. Unseen: each fold's model audited over all unseen rows, then averaged. Then both over seeds. Each fit is
/// audited by itself, each seed of a model pooled by itself, in any order and on several threads; the numbers are the same.
/// </summary>
public sealed class StudyGathering
{
    /// <summary>Threads of a gathering at the most: each holds the predictions of one seed of one model.</summary>
    private const int MostAtOnce = 4;

    /// <summary>Bytes of predictions that all threads of a gathering may hold together; one thread goes on however many it takes.</summary>
    private const long MostBytes = 256L << 20;

    private readonly StudyPlan plan;
    private readonly Dictionary<FitKey, int> order;
    private readonly FitKey[] known;
    private readonly string[] models;
    private readonly HashSet<FitKey> compared;
    private readonly StudyScoresBuilder? scores;
    private readonly IReadOnlyList<UnreadableFit> unreadable;
    private readonly ConcurrentBag<GatheredSeed> pooled = [];

    /// <summary>To gather these fits, all of the plan's or fewer.</summary>
    internal StudyGathering(StudyPlan plan, IReadOnlyCollection<FitKey> fits, bool withScores,
        IReadOnlyList<UnreadableFit>? unreadable = null)
    {
        this.plan = plan;
        this.unreadable = unreadable ?? [];
        order = plan.Fits.Select((f, i) => (f.Key, i)).ToDictionary(p => p.Key, p => p.i);
        known = [.. fits.Where(order.ContainsKey).OrderBy(k => order[k])];
        (models, compared) = Comparable(plan, known);
        scores = withScores ? StudyScoresBuilder.For(plan.Data, compared) : null;
    }

    /// <summary>
    /// The results of the fits that are done, and their scores as counts; of the predictions a few seeds' of one model are in
    /// memory at a time.
    /// </summary>
    public static GatheredStudy Gather(StudyPlan plan, IFitSource fits)
    {
        var gathering = new StudyGathering(plan, fits.Keys, withScores: true, fits.Unreadable);
        FitKey[][] seeds = [.. gathering.known.GroupBy(k => (k.Model, k.Seed)).Select(g => g.ToArray())];
        int threads = Threads(plan.Data, gathering.known, Environment.ProcessorCount);
        DedicatedThreads.Run(seeds.Length, threads, (i, _) => gathering.Pool([.. fits.Read(seeds[i]).Select(gathering.Of)]),
            ThreadPriority.BelowNormal, CancellationToken.None);
        return gathering.Study();
    }

    /// <summary>Audits one fit by itself, and lets go what no other fold is needed for.</summary>
    internal GatheredFit Of(FitResult fit) => GatheredFit.Of(plan.Data, fit, compared.Contains(fit.Key), scores,
        plan.Definition.GroupMinimum());

    /// <summary>Pools all fits of one seed of one model, in the plan's order.</summary>
    internal void Pool(IReadOnlyList<GatheredFit> fits) =>
        pooled.Add(GatheredSeed.Of(plan.Data, fits, scores, plan.Definition.GroupMinimum()));

    /// <summary>The study's numbers, when all seeds of all models are pooled.</summary>
    internal GatheredStudy Study()
    {
        GatheredSeed[] gathered = [.. pooled.OrderBy(g => order[g.Fits[0].Key])];
        ILookup<string, GatheredSeed> byModel = gathered.ToLookup(g => g.Model);
        FitResult[] Fits(string model) => [.. byModel[model].SelectMany(g => g.Fits)];
        IEnumerable<AuditResult> OverSeeds(string model) => byModel[model].SelectMany(g => g.Audits).GroupBy(a => (a.Head, a.Split))
            .OrderBy(g => g.Key).SelectMany(g =>
            g.Append(new AuditResult(model, g.Key.Head, g.Key.Split, null, SeedAverage.Over([.. g.Select(a => a.Audit)]))));

        (FitKey Key, Head Head)[] dead = [.. gathered.SelectMany(g => g.Dead).OrderBy(d => order[d.Key])];
        ComputeOrigin[] origins = [.. gathered.SelectMany(g => g.Fits).Select(f => f.Origin).OfType<ComputeOrigin>().Distinct()];
        int earlier = gathered.SelectMany(g => g.Fits).Count(f => f.FeatureSd is null);
        int unrecorded = gathered.SelectMany(g => g.Fits).Count(f => f.Origin is null);
        StudyHeader header = Header(plan, origins, unrecorded, known.Length, compared.Count,
            gathered.SelectMany(g => g.Fits).Sum(f => f.UnseenLevels), dead, unreadable, earlier);
        var results = new StudyResults
        {
            Header = header,
            Audits = [.. models.SelectMany(OverSeeds)],
            Folds = [.. models.SelectMany(m => byModel[m]).SelectMany(g => g.Folds)],
            DeadNetworks = [.. DeadNetworks.Warnings(dead)],
            Fits = [.. gathered.SelectMany(g => g.Summaries).OrderBy(f => order[f.Key])],
            Importance = [.. models.Select(model => ImportanceRanking.Over(model, Fits(model),
                plan.Fits.First(f => f.Key.Model == model).Training.Importance))],
            RandomEffects = [.. models
                .Select(model => RandomEffectsAverage.Over([.. byModel[model].Select(g => g.RandomEffects).OfType<RandomEffectsAverage>()])
                    ?.Result(model, [.. header.Clusters.Select(c => c.Name)], [.. header.Clusters.Select(c => c.Rows)]))
                .OfType<RandomEffectsResult>()
                .Select(effects => effects with { TargetSd = plan.Data.TargetSd() })],
        };
        return new GatheredStudy(results, scores?.Build()) { Unreadable = unreadable };
    }

    /// <summary>
    /// As many threads as there are processors and their predictions fit in memory: a prediction and a flip by attribute of every
    /// seen row once, and of every unseen row by each fold's model.
    /// </summary>
    internal static int Threads(StudyData data, IReadOnlyCollection<FitKey> fits, int processors)
    {
        long most = fits.GroupBy(f => (f.Model, f.Seed))
            .Select(seed => HeadsOf(seed.Key.Model) * (data.SeenRows.Length + seed.LongCount() * data.UnseenRows.Length))
            .DefaultIfEmpty(0).Max();
        long bytes = sizeof(float) * (1 + data.Sensitive.Count) * most;
        return (int)Math.Clamp(MostBytes / Math.Max(1, bytes), 1, Math.Min(processors, MostAtOnce));
    }

    /// <summary>Returns the number of heads of a model: 2 with random effects, else 1.</summary>
    internal static long HeadsOf(string model) => ModelCatalogue.Find(model) is { RandomEffects: true } ? 2 : 1;

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
        return ([.. models], [.. known.Where(f => models.Contains(f.Model) && common.Contains((f.Seed, f.Fold))
            && foldsOf[f.Seed] == most)]);
    }

    /// <summary>The same draws for every model of a seed and head, so that models are resampled alike.</summary>
    internal static RandomStream Resampling(ulong seed, Head head) =>
        new RandomStream(seed).Child("resampling").Child(head == Head.FixedEffects ? "fe" : "me");

    private static StudyHeader Header(StudyPlan plan, IReadOnlyList<ComputeOrigin> origins, int unrecorded, int known, int compared,
        long unseenLevels, IReadOnlyList<(FitKey Key, Head Head)> dead, IReadOnlyList<UnreadableFit> unreadable, int earlier)
    {
        StudyData data = plan.Data;
        int[] sizes = new int[data.ClusterNames.Count];
        foreach (int cluster in data.Cluster) sizes[cluster]++;
        return new StudyHeader(
            plan.Definition.Name,
            StudyJson.Hash(plan.Definition),
            plan.DataHash,
            Version,
            StudyHeader.DeviceText(origins, unrecorded),
            plan.Definition,
            data.TargetDescription,
            data.RowCount,
            data.SeenRows.Length,
            data.UnseenRows.Length,
            [.. Enumerable.Range(0, data.SeenClusterCount).Select(c => new ClusterSize(data.ClusterNames[c], sizes[c]))],
            plan.Fits.Count,
            [.. data.Warnings.Select(w => w.ToString()), .. Mixed(origins, unrecorded), .. EarlierPreset(plan, earlier),
                .. Notes(plan, known, compared, unseenLevels, dead, unreadable)])
        {
            Excluded = data.Excluded,
            Origins = origins,
        };
    }

    /// <summary>
    /// Results without SDs of features are of a version whose presets other than "paper" had other values.
    /// </summary>
    private static IEnumerable<string> EarlierPreset(StudyPlan plan, int fits)
    {
        if (fits > 0 && plan.Definition.Preset != Preset.Paper.Id)
            yield return $"{fits} of the fits were computed by an earlier version of FairMedl, in which the preset " +
                $"\"{plan.Definition.Preset}\" had other values. The hyperparameters shown are those of this version. Run the study again " +
                "to get results with them.";
    }

    private static IEnumerable<string> Mixed(IReadOnlyList<ComputeOrigin> origins, int unrecorded)
    {
        if (origins.Count > 1)
            yield return "The fits of this study were computed by different engines or devices " +
                $"({StudyHeader.DeviceText(origins, unrecorded)}). Their numbers agree within rounding, which training can amplify.";
    }

    private static IEnumerable<string> Notes(StudyPlan plan, int known, int compared, long unseenLevels,
        IReadOnlyList<(FitKey Key, Head Head)> dead, IReadOnlyList<UnreadableFit> unreadable)
    {
        if (compared < plan.Fits.Count)
            yield return $"{known + unreadable.Count} of {plan.Fits.Count} fits have finished. Results use the {compared} fits whose " +
                "seed and fold all models have completed.";
        if (UnreadableFit.InWords(unreadable) is { } left) yield return left;
        if (unseenLevels > 0)
            yield return $"{unseenLevels} values in test and unseen rows, over all fits, are a category or a missing value that does " +
                "not occur in the training rows. They are encoded as zeros.";
        if (plan.Definition.Protocol.Probes && plan.Data.UnseenRows.Length > 0)
            yield return "Confounding probes are 0 in unseen clusters, a value that no model saw in training. Results for unseen " +
                "clusters do not show how these models perform without probes.";
        foreach (NumericText sentence in ShortTraining.Warnings(plan.Definition, plan.Data.SeenRows.Length))
            yield return sentence.ToString();
        foreach (string sentence in DeadNetworks.Warnings(dead)) yield return sentence;
    }

    internal static string Version { get; } =
        typeof(StudyGathering)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}

/// <summary>Results of a study, with the score counts to recompute them for another threshold or intersection.</summary>
/// <param name="Results">What pages and reports read.</param>
/// <param name="Scores">The scores as counts; null for a regression, and where there are too many groups to count them.</param>
public sealed record GatheredStudy(StudyResults Results, StudyScores? Scores)
{
    /// <summary>Finished fits that are not in the results because they cannot be read.</summary>
    public IReadOnlyList<UnreadableFit> Unreadable { get; init; } = [];
}
