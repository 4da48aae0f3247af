using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Metrics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>Adds the intervals of all spreads over some groups, from the sampling noise of the groups' values.</summary>
/// <param name="counted">The groups that the spreads count.</param>
/// <param name="add">
/// Adds an interval to a defined value. Its ends are equal if no group's value varies, as for a regression that predicts every row
/// exactly.
/// </param>
internal sealed class SpreadIntervals(LargeGroups counted, Func<Estimate, (double Lower, double Upper), Estimate> add)
{
    /// <summary>The spreads of a classification.</summary>
    /// <param name="spreads">Their values.</param>
    /// <param name="tpr">True positive rates.</param>
    /// <param name="fpr">False positive rates.</param>
    /// <param name="selection">Selection rates.</param>
    /// <param name="pooled">The selection rate of all rows.</param>
    public GroupSpreads Classification(GroupSpreads spreads, GroupSample tpr, GroupSample fpr, GroupSample selection, double pooled)
    {
        SpreadPart? tprRange = tpr.Part(GroupMeasure.Range, counted.Positives), fprRange = fpr.Part(GroupMeasure.Range, counted.Negatives),
            selectionRange = selection.Part(GroupMeasure.Range, counted.Rows);
        (double, double)? difference = selectionRange is not null && spreads.DemographicParityDifference.Value is { } observed
            ? InvertedInterval.Of(observed, 1, selectionRange) : null;
        return spreads with
        {
            TprSd = Add(spreads.TprSd, 0.5, tpr.Part(GroupMeasure.Sd, counted.Positives)),
            FprSd = Add(spreads.FprSd, 0.5, fpr.Part(GroupMeasure.Sd, counted.Negatives)),
            DemographicParity = Add(spreads.DemographicParity, 1, selection.Part(GroupMeasure.MeanPairwise, counted.Rows)),
            EqualOpportunityDifference = Add(spreads.EqualOpportunityDifference, 1, tprRange),
            FprDifference = Add(spreads.FprDifference, 1, fprRange),
            EqualizedOddsDifference = tprRange is null || fprRange is null || spreads.EqualizedOddsDifference.Value is not { } larger
                ? spreads.EqualizedOddsDifference
                : add(spreads.EqualizedOddsDifference, InvertedInterval.Of(larger, 1, tprRange, fprRange)),
            DemographicParityDifference = difference is { } ends ? add(spreads.DemographicParityDifference, ends)
                : spreads.DemographicParityDifference,
            DemographicParityRatio = difference is { } of ? Ratio(spreads, selection, selectionRange!, of, pooled)
                : spreads.DemographicParityRatio,
        };
    }

    /// <summary>The spreads of a regression.</summary>
    /// <param name="spreads">Their values.</param>
    /// <param name="errors">Mean squared errors.</param>
    /// <param name="predictions">Mean predictions.</param>
    public GroupSpreads Regression(GroupSpreads spreads, GroupSample errors, GroupSample predictions) => spreads with
    {
        MseSd = Add(spreads.MseSd, double.PositiveInfinity, errors.Part(GroupMeasure.Sd, counted.Rows)),
        DemographicParity = Add(spreads.DemographicParity, double.PositiveInfinity,
            predictions.Part(GroupMeasure.MeanPairwise, counted.Rows)),
        DemographicParityDifference = Add(spreads.DemographicParityDifference, double.PositiveInfinity,
            predictions.Part(GroupMeasure.Range, counted.Rows)),
    };

    private Estimate Add(Estimate estimate, double largest, SpreadPart? part) =>
        part is not null && estimate.Value is { } value ? add(estimate, InvertedInterval.Of(value, largest, part)) : estimate;

    /// <summary>
    /// The ratio has the interval of the difference: at both ends, the groups' rates are moved away from or towards the pooled rate
    /// until their difference is that end, and the ratio is taken of those. It is extended to the percentiles of a bootstrap of the
    /// ratio, which also moves the level of the rates.
    /// </summary>
    private Estimate Ratio(GroupSpreads spreads, GroupSample selection, SpreadPart range, (double Lower, double Upper) ends, double pooled)
    {
        if (spreads is not { DemographicParityRatio.Value: { } ratio, DemographicParityDifference.Value: { } difference })
            return spreads.DemographicParityRatio;
        double[] rates = [.. selection.Counted(counted.Rows).Select(g => selection.Values[g])];
        double low = rates.Min() - pooled, high = rates.Max() - pooled;
        // Without a difference the rates may lie apart on either side.
        if (difference == 0) (low, high) = (-0.5, 0.5);
        double length = high - low;
        double At(double end) => pooled + high * end / length <= 0 ? 1
            : Math.Max(0, pooled + low * end / length) / Math.Min(1, pooled + high * end / length);
        (double least, double most) = range.RatioPercentiles();
        return add(spreads.DemographicParityRatio,
            (Math.Min(ratio, Math.Min(least, At(ends.Upper))), Math.Max(ratio, Math.Min(1, Math.Max(most, At(ends.Lower))))));
    }
}
