using FairMedl.Core.Fairness.Intervals;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>Kind of repetitions of an audit.</summary>
public enum Repetition
{
    /// <summary>Independent repetitions of the whole study.</summary>
    Seed,

    /// <summary>The folds' models, each predicting the same rows of unseen clusters.</summary>
    FoldModel,
}

/// <summary>
/// The mean of repetitions of one audit: over seeds, or over the folds' models where each predicts the same unseen rows.
/// A value is undefined only where it is undefined in all repetitions; where it is undefined in some, a note says how many
/// were used. Intervals, for every value alike: mean +- Student's t over at least three seeds, and never narrower than the
/// mean of the repetitions' own intervals where they have one. The first covers the variation from training, the second that
/// from other rows; repetitions share their rows, so the first alone would be too narrow. Two cases use the mean of the
/// repetitions' own intervals: two seeds, because t with one degree of freedom gives 12.7 standard errors on either side, and
/// the folds' models, because they share most of their training rows and are not independent. A single repetition keeps its
/// own interval (Wilson, bootstrap).
/// </summary>
public static class SeedAverage
{
    /// <summary>The mean audit of at least one repetition with the same attributes and groups.</summary>
    /// <exception cref="ArgumentException">There is no repetition, or attributes or groups differ.</exception>
    public static SplitAudit Over(IReadOnlyList<SplitAudit> repetitions, Repetition kind = Repetition.Seed)
    {
        if (repetitions.Count == 0) throw new ArgumentException("There is nothing to average.", nameof(repetitions));
        if (repetitions.Count == 1) return repetitions[0];
        SplitAudit first = repetitions[0];
        if (repetitions.Any(r => !r.Attributes.Select(a => a.Attribute).SequenceEqual(first.Attributes.Select(a => a.Attribute))))
            throw new ArgumentException("The repetitions have different attributes.", nameof(repetitions));
        return new SplitAudit(
            MeanCount(repetitions, r => r.N),
            Mean(repetitions, r => r.Auroc, kind, 0, 1),
            Mean(repetitions, r => r.BalancedAccuracy, kind, 0, 1),
            Mean(repetitions, r => r.Accuracy, kind, 0, 1),
            Mean(repetitions, r => r.MeanSquaredError, kind, 0),
            first.Attributes.Select((_, a) => Attribute(repetitions.Select(r => r.Attributes[a]).ToArray(), kind)).ToArray(),
            first.RSquared is null ? null : Mean(repetitions, r => r.RSquared!, kind, most: 1));
    }

    /// <summary>The mean of one value over at least one seed, by the rules above.</summary>
    /// <exception cref="ArgumentException">There is no seed.</exception>
    public static Estimate Over(IReadOnlyList<Estimate> seeds) => seeds.Count switch
    {
        0 => throw new ArgumentException("There is nothing to average.", nameof(seeds)),
        1 => seeds[0],
        _ => Mean(seeds, e => e, Repetition.Seed),
    };

    private static AttributeAudit Attribute(AttributeAudit[] repetitions, Repetition kind)
    {
        AttributeAudit first = repetitions[0];
        if (repetitions.Any(r => !r.Groups.Select(g => g.Group).SequenceEqual(first.Groups.Select(g => g.Group))))
            throw new ArgumentException($"The repetitions have different groups of '{first.Attribute}'.", nameof(repetitions));
        Estimate none = Estimate.None("not measured");
        GroupSpreads[] large = [.. repetitions.Select(r => r.LargeGroups).OfType<GroupSpreads>()];
        return new AttributeAudit(
            first.Attribute,
            first.Groups.Select((_, g) => Group(repetitions.Select(r => r.Groups[g]).ToArray(), kind)).ToArray(),
            none, none, none, none,
            Mean(repetitions, r => r.CounterfactualFairness, kind, 0),
            none, none, none, none, none)
        {
            MinimumCount = first.MinimumCount,
            Leading = first.Leading,
            LargeGroups = large.Length == 0 ? null : Spreads(large, kind),
        }.WithAllGroups(Spreads([.. repetitions.Select(r => r.AllGroups)], kind));
    }

    private static GroupSpreads Spreads(GroupSpreads[] repetitions, Repetition kind)
    {
        CorrectedSds[] corrected = [.. repetitions.Select(r => r.Corrected).OfType<CorrectedSds>()];
        return new GroupSpreads(
            Mean(repetitions, r => r.TprSd, kind, 0),
            Mean(repetitions, r => r.FprSd, kind, 0),
            Mean(repetitions, r => r.MseSd, kind, 0),
            Mean(repetitions, r => r.DemographicParity, kind, 0),
            Mean(repetitions, r => r.EqualOpportunityDifference, kind, 0),
            Mean(repetitions, r => r.FprDifference, kind, 0),
            Mean(repetitions, r => r.EqualizedOddsDifference, kind, 0),
            Mean(repetitions, r => r.DemographicParityDifference, kind, 0),
            Mean(repetitions, r => r.DemographicParityRatio, kind, 0, 1),
            corrected.Length == 0 ? null : new CorrectedSds(Mean(corrected, r => r.TprSd, kind, 0),
                Mean(corrected, r => r.FprSd, kind, 0), Mean(corrected, r => r.MseSd, kind, 0)),
            Floor(repetitions));
    }

    private static GroupAudit Group(GroupAudit[] repetitions, Repetition kind) => new(
        repetitions[0].Group,
        MeanCount(repetitions, r => r.N),
        MeanCount(repetitions, r => r.Positives),
        MeanCount(repetitions, r => r.Negatives),
        Mean(repetitions, r => r.TruePositiveRate, kind, 0, 1),
        Mean(repetitions, r => r.FalsePositiveRate, kind, 0, 1),
        Mean(repetitions, r => r.SelectionRate, kind, 0, 1),
        Mean(repetitions, r => r.Accuracy, kind, 0, 1),
        Mean(repetitions, r => r.MeanPrediction, kind),
        Mean(repetitions, r => r.MeanSquaredError, kind, 0));

    private static Estimate Mean<T>(IReadOnlyList<T> repetitions, Func<T, Estimate> pick, Repetition kind,
        double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        Estimate[] all = repetitions.Select(pick).ToArray(), used = all.Where(e => e.Value is not null).ToArray();
        if (used.Length == 0) return all[0];
        Estimate mean = StudentInterval.Mean(Array.ConvertAll(used, e => e.Value!.Value));
        bool student = kind == Repetition.Seed && used.Length > 2;
        double? lower = student ? mean.Lower : null, upper = student ? mean.Upper : null;
        if (used.All(e => e.Lower is not null && e.Upper is not null))
        {
            lower = Math.Min(lower ?? double.PositiveInfinity, used.Average(e => e.Lower!.Value));
            upper = Math.Max(upper ?? double.NegativeInfinity, used.Average(e => e.Upper!.Value));
        }

        ClusterInterval? byClusters = null;
        if (used.All(e => e.ByClusters is not null))
        {
            double low = used.Average(e => e.ByClusters!.Lower), high = used.Average(e => e.ByClusters!.Upper);
            byClusters = new ClusterInterval(
                Math.Max(least, student ? Math.Min(low, mean.Lower!.Value) : low),
                Math.Min(most, student ? Math.Max(high, mean.Upper!.Value) : high), used.Min(e => e.ByClusters!.Clusters));
        }

        IEnumerable<string> notes = used.Select(e => e.Note).OfType<string>().Distinct();
        if (used.Length < all.Length)
            notes = notes.Prepend(FormattableString.Invariant($"defined in {used.Length} of {all.Length} repetitions"));
        string note = string.Join("; ", notes);
        return new Estimate(
            mean.Value,
            Lower: lower is { } l ? Math.Max(least, l) : null,
            Upper: upper is { } u ? Math.Min(most, u) : null,
            N: used.All(e => e.N is not null) ? MeanCount(used, e => e.N!.Value) : null,
            Note: note.Length == 0 ? null : note,
            ByClusters: byClusters);
    }

    private static NoiseFloor? Floor(GroupSpreads[] repetitions)
    {
        NoiseFloor[] floors = repetitions.Select(r => r.NoiseFloor).OfType<NoiseFloor>().ToArray();
        if (floors.Length == 0) return null;
        return new NoiseFloor(Floor(floors, f => f.TprSd), Floor(floors, f => f.FprSd), Floor(floors, f => f.MseSd),
            Floor(floors, f => f.DemographicParity));
    }

    private static SpreadFloor? Floor(NoiseFloor[] floors, Func<NoiseFloor, SpreadFloor?> pick)
    {
        SpreadFloor[] used = floors.Select(pick).OfType<SpreadFloor>().ToArray();
        return used.Length == 0 ? null : new SpreadFloor(used.Average(f => f.Mean), used.Average(f => f.Percentile95));
    }

    private static int MeanCount<T>(IReadOnlyList<T> repetitions, Func<T, int> pick) =>
        (int)Math.Round(repetitions.Average(pick), MidpointRounding.AwayFromZero);
}
