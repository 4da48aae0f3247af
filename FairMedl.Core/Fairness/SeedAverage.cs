namespace FairMedl.Core.Fairness;

/// <summary>
/// The mean of repetitions of one audit: over seeds, or over the folds' models where each predicts the same unseen rows.
/// A value is undefined only where it is undefined in all repetitions; where it is undefined in some, a note says how many
/// were used. Intervals, for every value alike: mean +- Student's t over the repetitions, and never narrower than the
/// mean of the repetitions' own intervals where they have one. The first holds what training varies, the second what
/// other rows would vary; repetitions share their rows, so the first alone would promise too much. One repetition keeps
/// its own interval (Wilson, bootstrap).
/// </summary>
public static class SeedAverage
{
    /// <summary>The mean audit of at least one repetition with the same attributes and groups.</summary>
    /// <exception cref="ArgumentException">There is no repetition, or attributes or groups differ.</exception>
    public static SplitAudit Over(IReadOnlyList<SplitAudit> repetitions)
    {
        if (repetitions.Count == 0) throw new ArgumentException("There is nothing to average.", nameof(repetitions));
        if (repetitions.Count == 1) return repetitions[0];
        SplitAudit first = repetitions[0];
        if (repetitions.Any(r => !r.Attributes.Select(a => a.Attribute).SequenceEqual(first.Attributes.Select(a => a.Attribute))))
            throw new ArgumentException("The repetitions have different attributes.", nameof(repetitions));
        return new SplitAudit(
            MeanCount(repetitions, r => r.N),
            Mean(repetitions, r => r.Auroc, 0, 1),
            Mean(repetitions, r => r.BalancedAccuracy, 0, 1),
            Mean(repetitions, r => r.Accuracy, 0, 1),
            Mean(repetitions, r => r.MeanSquaredError, 0),
            first.Attributes.Select((_, a) => Attribute(repetitions.Select(r => r.Attributes[a]).ToArray())).ToArray());
    }

    private static AttributeAudit Attribute(AttributeAudit[] repetitions)
    {
        AttributeAudit first = repetitions[0];
        if (repetitions.Any(r => !r.Groups.Select(g => g.Group).SequenceEqual(first.Groups.Select(g => g.Group))))
            throw new ArgumentException($"The repetitions have different groups of '{first.Attribute}'.", nameof(repetitions));
        return new AttributeAudit(
            first.Attribute,
            first.Groups.Select((_, g) => Group(repetitions.Select(r => r.Groups[g]).ToArray())).ToArray(),
            Mean(repetitions, r => r.TprSd, 0),
            Mean(repetitions, r => r.FprSd, 0),
            Mean(repetitions, r => r.MseSd, 0),
            Mean(repetitions, r => r.DemographicParity, 0),
            Mean(repetitions, r => r.CounterfactualFairness, 0),
            Mean(repetitions, r => r.EqualOpportunityDifference, 0),
            Mean(repetitions, r => r.FprDifference, 0),
            Mean(repetitions, r => r.EqualizedOddsDifference, 0),
            Mean(repetitions, r => r.DemographicParityDifference, 0),
            Mean(repetitions, r => r.DemographicParityRatio, 0, 1),
            Floor(repetitions));
    }

    private static GroupAudit Group(GroupAudit[] repetitions) => new(
        repetitions[0].Group,
        MeanCount(repetitions, r => r.N),
        MeanCount(repetitions, r => r.Positives),
        MeanCount(repetitions, r => r.Negatives),
        Mean(repetitions, r => r.TruePositiveRate, 0, 1),
        Mean(repetitions, r => r.FalsePositiveRate, 0, 1),
        Mean(repetitions, r => r.SelectionRate, 0, 1),
        Mean(repetitions, r => r.Accuracy, 0, 1),
        Mean(repetitions, r => r.MeanPrediction),
        Mean(repetitions, r => r.MeanSquaredError, 0));

    private static Estimate Mean<T>(IReadOnlyList<T> repetitions, Func<T, Estimate> pick, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        Estimate[] all = repetitions.Select(pick).ToArray(), used = all.Where(e => e.Value is not null).ToArray();
        if (used.Length == 0) return all[0];
        Estimate mean = StudentInterval.Mean(Array.ConvertAll(used, e => e.Value!.Value));
        double? lower = mean.Lower, upper = mean.Upper;
        if (used.All(e => e.Lower is not null && e.Upper is not null))
        {
            lower = Math.Min(lower ?? double.PositiveInfinity, used.Average(e => e.Lower!.Value));
            upper = Math.Max(upper ?? double.NegativeInfinity, used.Average(e => e.Upper!.Value));
        }

        IEnumerable<string> notes = used.Select(e => e.Note).OfType<string>().Distinct();
        if (used.Length < all.Length) notes = notes.Prepend(FormattableString.Invariant($"defined in {used.Length} of {all.Length} repetitions"));
        string note = string.Join("; ", notes);
        return new Estimate(
            mean.Value,
            Lower: lower is { } l ? Math.Max(least, l) : null,
            Upper: upper is { } u ? Math.Min(most, u) : null,
            N: used.All(e => e.N is not null) ? MeanCount(used, e => e.N!.Value) : null,
            Note: note.Length == 0 ? null : note);
    }

    private static NoiseFloor? Floor(AttributeAudit[] repetitions)
    {
        NoiseFloor[] floors = repetitions.Select(r => r.NoiseFloor).OfType<NoiseFloor>().ToArray();
        if (floors.Length == 0) return null;
        return new NoiseFloor(Floor(floors, f => f.TprSd), Floor(floors, f => f.FprSd), Floor(floors, f => f.MseSd), Floor(floors, f => f.DemographicParity));
    }

    private static SpreadFloor? Floor(NoiseFloor[] floors, Func<NoiseFloor, SpreadFloor?> pick)
    {
        SpreadFloor[] used = floors.Select(pick).OfType<SpreadFloor>().ToArray();
        return used.Length == 0 ? null : new SpreadFloor(used.Average(f => f.Mean), used.Average(f => f.Percentile95));
    }

    private static int MeanCount<T>(IReadOnlyList<T> repetitions, Func<T, int> pick) =>
        (int)Math.Round(repetitions.Average(pick), MidpointRounding.AwayFromZero);
}
