using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using Xunit;

namespace FairMedl.Tests.Fairness.Intervals;

public sealed class BalancedAccuracyIntervalTests
{
    /// <summary>8 of 10 positives and 21 of 30 negatives: Wilson's intervals are [.4902, .9433] and [.5212, .8334].</summary>
    [Fact]
    public void Of_TwoRates_AddsTheSquaresOfTheirDistances()
    {
        Estimate estimate = BalancedAccuracyInterval.Of(Counts(8, 2, 9, 21));

        Assert.Equal(0.75, estimate.Value!.Value, 12);
        Assert.Equal(0.75 - Math.Sqrt(Math.Pow(0.8 - 0.490162, 2) + Math.Pow(0.7 - 0.521242, 2)) / 2, estimate.Lower!.Value, 1e-5);
        Assert.Equal(0.75 + Math.Sqrt(Math.Pow(0.943318 - 0.8, 2) + Math.Pow(0.833353 - 0.7, 2)) / 2, estimate.Upper!.Value, 1e-5);
        Assert.Equal(40, estimate.N);
    }

    /// <summary>With no error at all the interval ends at 1 and has a width; with errors alone it starts at 0.</summary>
    [Fact]
    public void Of_NoErrorOrErrorsAlone_HasAWidthAndStaysWithinItsLimits()
    {
        Estimate perfect = BalancedAccuracyInterval.Of(Counts(5, 0, 0, 5)), wrong = BalancedAccuracyInterval.Of(Counts(0, 5, 5, 0));

        Assert.Equal((1, 0), (perfect.Upper, wrong.Lower));
        Assert.InRange(perfect.Lower!.Value, 0.5, 0.9);
        Assert.Equal(1 - perfect.Lower.Value, wrong.Upper!.Value, 12);
    }

    [Fact]
    public void Of_OneClass_NamesTheMissingOne()
    {
        Assert.Equal("0 positives", BalancedAccuracyInterval.Of(Counts(0, 0, 2, 3)).Undefined);
        Assert.Equal("0 negatives", BalancedAccuracyInterval.Of(Counts(2, 3, 0, 0)).Undefined);
    }

    private static ConfusionCounts Counts(int truePositives, int falseNegatives, int falsePositives, int trueNegatives) =>
        new(truePositives, falsePositives, trueNegatives, falseNegatives);
}
