using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Metrics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>The replicates of every spread of a classification, from the groups' counts in each draw.</summary>
internal sealed class RateSpreads
{
    private readonly double?[] tpr, fpr, rate;
    private readonly Dictionary<SpreadKind, Replicates> replicates;

    /// <summary>Reserves space for the replicates.</summary>
    public RateSpreads(int groups, int draws)
    {
        tpr = new double?[groups];
        fpr = new double?[groups];
        rate = new double?[groups];
        replicates = Enum.GetValues<SpreadKind>().ToDictionary(k => k, _ => new Replicates(draws));
    }

    /// <summary>The counts of a group in the current draw.</summary>
    public ConfusionCounts this[int group]
    {
        set => (tpr[group], fpr[group], rate[group]) = (value.TruePositiveRate, value.FalsePositiveRate, value.SelectionRate);
    }

    /// <summary>The replicates of one spread.</summary>
    public Replicates Of(SpreadKind kind) => replicates[kind];

    /// <summary>Adds the spreads of the current draw, without groups whose denominator is 0 in it.</summary>
    public void Add()
    {
        double? tprDifference = Spread.Difference(tpr), fprDifference = Spread.Difference(fpr);
        Of(SpreadKind.TprSd).Add(Spread.PopulationSd(tpr));
        Of(SpreadKind.FprSd).Add(Spread.PopulationSd(fpr));
        Of(SpreadKind.DemographicParity).Add(Spread.MeanPairwiseDifference(rate));
        Of(SpreadKind.TprDifference).Add(tprDifference);
        Of(SpreadKind.FprDifference).Add(fprDifference);
        Of(SpreadKind.EqualizedOdds).Add(tprDifference is { } t && fprDifference is { } f ? Math.Max(t, f) : null);
        Of(SpreadKind.SelectionDifference).Add(Spread.Difference(rate));
        Of(SpreadKind.SelectionRatio).Add(Spread.Ratio(rate));
    }
}

/// <summary>The spreads that a bootstrap replicates.</summary>
internal enum SpreadKind
{
    TprSd, FprSd, MseSd, DemographicParity, TprDifference, FprDifference, EqualizedOdds,
    SelectionDifference, SelectionRatio
}
