using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Plan;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>
/// What a study's results do not hold and its predictions do, as counts: rates at one threshold for all folds and seeds
/// instead of each model's own, and intersections of two attributes. Needs neither rows nor fits; classification only.
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

    /// <summary>Thresholds for which results can be recomputed.</summary>
    public ThresholdGrid Grid { get; }

    /// <summary>Memory of the counts in bytes.</summary>
    public long Bytes => counts.Values.Sum(folds => folds.Sum(f => f.Bytes));

    /// <summary>Returns the intersectional groups of two attributes; null if there are too many.</summary>
    public Grouping? Intersection(string first, string second) => groups.Intersection(first, second);

    /// <summary>
    /// Recomputes the audits of a split. Performance, groups and spreads are those at the threshold; AUROC and counterfactual
    /// fairness do not depend on it. The intersection comes last, named by <see cref="IntersectionGroups.IntersectionName"/>.
    /// Takes seconds for intersections in a large study: call it on a background thread.
    /// </summary>
    /// <param name="results">Results of the same fits.</param>
    /// <param name="split">Split to recompute.</param>
    /// <param name="threshold">Common threshold, rounded to the grid; null = each model's own.</param>
    /// <param name="attributes">Two attributes whose intersectional groups to add; null = none. Ignored if there are too many
    /// groups.</param>
    public StudyResults Recount(StudyResults results, Split split, double? threshold, (string First, string Second)? attributes)
    {
        int? step = threshold is { } t ? Grid.Nearest(t) : null;
        Grouping? intersection = attributes is { } pair ? groups.Intersection(pair.First, pair.Second) : null;
        if (step is null && intersection is null) return results;
        SplitAudit?[] bySeed = DedicatedThreads.Run(results.Audits.Count, Environment.ProcessorCount,
            i => results.Audits[i] is { Seed: { } seed } a && a.Split == split ? Of(a, seed, step, intersection) : null);
        ILookup<(string, Head), SplitAudit> seeds = results.Audits.Zip(bySeed).Where(a => a.Second is not null)
            .ToLookup(a => (a.First.Model, a.First.Head), a => a.Second!);
        AuditResult[] audits =
        [
            .. results.Audits.Select((a, i) => a.Split != split ? a
                : a.Seed is not null ? a with { Audit = bySeed[i] ?? a.Audit }
                : seeds[(a.Model, a.Head)].ToArray() is { Length: > 0 } own
                ? a with { Audit = WithoutThreshold(SeedAverage.Over(own), a.Audit) }
                : a),
        ];
        // Results of single folds use the thresholds of their fits.
        return results with { Audits = audits, Folds = step is null ? results.Folds : [], Threshold = step is { } s ? Grid.At(s) : null };
    }

    /// <summary>Audits one seed: pooled out-of-fold predictions, or the mean over the folds' models on unseen rows.</summary>
    private SplitAudit? Of(AuditResult audit, ulong seed, int? step, Grouping? intersection)
    {
        if (!counts.TryGetValue(new ScoresOf(audit.Model, audit.Head, audit.Split, seed), out ScoreCounts[]? folds)) return null;
        RandomStream random = StudyGathering.Resampling(seed, audit.Head);
        SplitAudit[] own = new SplitAudit[folds.Length];
        for (int f = 0; f < folds.Length; f++)
        {
            AuditResampling resampling = audit.Split == Split.Seen
                ? new AuditResampling(random, Replicates)
                : new AuditResampling(random.Child("unseen").Child((ulong)f),
                    Math.Clamp(ReplicatesOverFolds / folds.Length, FewestReplicates, Replicates));
            own[f] = Of(folds[f], audit.Audit, step, intersection, resampling);
        }

        return WithoutThreshold(audit.Split == Split.Seen ? own[0] : SeedAverage.Over(own, Repetition.FoldModel), audit.Audit);
    }

    private SplitAudit Of(ScoreCounts scores, SplitAudit original, int? step, Grouping? intersection, AuditResampling resampling)
    {
        // At the fits' own thresholds everything but the intersection is already known.
        IEnumerable<Grouping> wanted = step is null ? [] : original.Attributes.Select(a => groups.Of(a.Attribute));
        if (intersection is not null) wanted = wanted.Append(intersection);
        GroupMinimum minimum = original.Attributes.Count == 0 ? default : original.Attributes[0].Minimum;
        AttributeAudit[] attributes = [.. wanted.Select(g =>
            AttributeAudits.Classification(g.Name, g.Groups, scores.By(g, step),
            Estimate.None("not measured for intersections"), resampling, minimum))];
        if (step is null) return original with { Attributes = [.. original.Attributes, .. attributes] };
        ConfusionCounts all = scores.By(new Grouping("", ["all"], new int[groups.Count]), step)[0];
        return new SplitAudit(
            all.N,
            original.Auroc,
            BalancedAccuracyInterval.Of(all),
            WilsonInterval.Rate(all.TruePositives + all.TrueNegatives, all.N, "rows"),
            original.MeanSquaredError,
            attributes);
    }

    /// <summary>Restores the metrics that do not depend on the threshold.</summary>
    private static SplitAudit WithoutThreshold(SplitAudit audit, SplitAudit original) => audit with
    {
        Auroc = original.Auroc,
        Attributes = [.. audit.Attributes.Select(a => original.Attributes.FirstOrDefault(o => o.Attribute == a.Attribute) is { } known
            ? a with { CounterfactualFairness = known.CounterfactualFairness }
            : a)],
    };

    /// <summary>Key of the counts of a model, head, split and seed.</summary>
    internal readonly record struct ScoresOf(string Model, Head Head, Split Split, ulong Seed);
}
