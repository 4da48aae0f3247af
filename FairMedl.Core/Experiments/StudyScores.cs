using FairMedl.Core.Data;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Experiments;

/// <summary>
/// What a study's results do not hold and its predictions do, as counts: rates at one threshold for all folds and seeds
/// instead of each fit's own, and two attributes crossed. Answers need neither rows nor fits; classification only.
/// </summary>
public sealed class StudyScores
{
    // As few as still give a 95 % interval, since it moves with a slider. Of many folds' models each needs fewer: the ends at
    // the rank (n + 1) p are right on average from 39 draws on, and the mean over the folds steadies them.
    private const int Replicates = 200, FewestReplicates = 40, ReplicatesOverFolds = 600;

    private readonly IntersectionGroups groups;
    private readonly IReadOnlyDictionary<ScoresOf, ScoreCounts[]> counts;

    internal StudyScores(ThresholdGrid grid, IntersectionGroups groups, IReadOnlyDictionary<ScoresOf, ScoreCounts[]> counts)
    {
        Grid = grid;
        this.groups = groups;
        this.counts = counts;
    }

    /// <summary>The thresholds that can be asked for.</summary>
    public ThresholdGrid Grid { get; }

    /// <summary>Bytes that the counts take.</summary>
    public long Bytes => counts.Values.Sum(folds => folds.Sum(f => f.Bytes));

    /// <summary>Two attributes crossed; null where they cannot be.</summary>
    public Grouping? Intersection(string first, string second) => groups.Intersection(first, second);

    /// <summary>
    /// The results with their audits of a split recounted. Performance, groups and spreads are those at the threshold;
    /// AUROC and counterfactual fairness know no threshold and stay. Intersection attributes come last, under the name of
    /// <see cref="IntersectionGroups.IntersectionName"/>. Takes seconds in a large study with crossed attributes: not for a page's own thread.
    /// </summary>
    /// <param name="results">The results that were gathered from the same fits.</param>
    /// <param name="split">Which rows.</param>
    /// <param name="threshold">One for all fits, taken to the nearest of the grid; null = each fit's own.</param>
    /// <param name="crossed">Two attributes to cross; null = none. What cannot be crossed is left out.</param>
    public StudyResults Recount(StudyResults results, Split split, double? threshold, (string First, string Second)? crossed)
    {
        int? step = threshold is { } t ? Grid.Nearest(t) : null;
        Grouping? cross = crossed is { } pair ? groups.Intersection(pair.First, pair.Second) : null;
        if (step is null && cross is null) return results;
        SplitAudit?[] bySeed = DedicatedThreads.Run(results.Audits.Count, Environment.ProcessorCount, i => results.Audits[i] is { Seed: { } seed } a && a.Split == split ? Of(a, seed, step, cross) : null);
        ILookup<(string, Head), SplitAudit> seeds = results.Audits.Zip(bySeed).Where(a => a.Second is not null).ToLookup(a => (a.First.Model, a.First.Head), a => a.Second!);
        AuditResult[] audits =
        [
            .. results.Audits.Select((a, i) => a.Split != split ? a
                : a.Seed is not null ? a with { Audit = bySeed[i] ?? a.Audit }
                : seeds[(a.Model, a.Head)].ToArray() is { Length: > 0 } own ? a with { Audit = WithoutThreshold(SeedAverage.Over(own), a.Audit) }
                : a),
        ];
        // What was told of each fold is at the fold's own threshold.
        return results with { Audits = audits, Folds = step is null ? results.Folds : [], Threshold = step is { } s ? Grid.At(s) : null };
    }

    /// <summary>One seed: the pooled test folds, or the mean over the folds' models on the unseen rows.</summary>
    private SplitAudit? Of(AuditResult audit, ulong seed, int? step, Grouping? cross)
    {
        if (!counts.TryGetValue(new ScoresOf(audit.Model, audit.Head, audit.Split, seed), out ScoreCounts[]? folds)) return null;
        RandomStream random = StudyGathering.Resampling(seed, audit.Head);
        SplitAudit[] own = new SplitAudit[folds.Length];
        for (int f = 0; f < folds.Length; f++)
        {
            AuditResampling resampling = audit.Split == Split.Seen
                ? new AuditResampling(random, Replicates)
                : new AuditResampling(random.Child("unseen").Child((ulong)f), Math.Clamp(ReplicatesOverFolds / folds.Length, FewestReplicates, Replicates));
            own[f] = Of(folds[f], audit.Audit, step, cross, resampling);
        }

        return WithoutThreshold(audit.Split == Split.Seen ? own[0] : SeedAverage.Over(own, Repetition.FoldModel), audit.Audit);
    }

    private SplitAudit Of(ScoreCounts scores, SplitAudit original, int? step, Grouping? cross, AuditResampling resampling)
    {
        // At the fits' own thresholds everything but the crossing is already known.
        IEnumerable<Grouping> wanted = step is null ? [] : original.Attributes.Select(a => groups.Of(a.Attribute));
        if (cross is not null) wanted = wanted.Append(cross);
        AttributeAudit[] attributes = [.. wanted.Select(g => AttributeAudits.Classification(g.Name, g.Groups, scores.By(g, step), Estimate.None("not measured for intersections"), resampling))];
        if (step is null) return original with { Attributes = [.. original.Attributes, .. attributes] };
        ConfusionCounts all = scores.By(new Grouping("", ["all"], new int[groups.Count]), step)[0];
        return new SplitAudit(
            all.N,
            original.Auroc,
            SplitAuditor.BalancedAccuracy(all, resampling),
            WilsonInterval.Rate(all.TruePositives + all.TrueNegatives, all.N, "rows"),
            original.MeanSquaredError,
            attributes);
    }

    /// <summary>What depends on no threshold is as it was gathered.</summary>
    private static SplitAudit WithoutThreshold(SplitAudit audit, SplitAudit original) => audit with
    {
        Auroc = original.Auroc,
        Attributes = [.. audit.Attributes.Select(a => original.Attributes.FirstOrDefault(o => o.Attribute == a.Attribute) is { } known
            ? a with { CounterfactualFairness = known.CounterfactualFairness }
            : a)],
    };

    /// <summary>One repetition of a model's head on a split.</summary>
    internal readonly record struct ScoresOf(string Model, Head Head, Split Split, ulong Seed);
}
