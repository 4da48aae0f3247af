using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using Xunit;

namespace FairMedl.Tests.Fairness.Tests;

public sealed class EffectBandTests
{
    /// <summary>The paper's table of Adult: value, value, change.</summary>
    [Theory]
    [InlineData(.174, .097, 44.3, EffectSize.ModerateToLarge)]
    [InlineData(.085, .050, 41.2, EffectSize.ModerateToLarge)]
    [InlineData(.024, .025, -4.2, EffectSize.Negligible)]
    [InlineData(.20, .17, 15, EffectSize.ModerateToLarge)]
    [InlineData(.20, .19, 5, EffectSize.Low)]
    [InlineData(.20, .21, -5, EffectSize.Negligible)]
    [InlineData(.20, .22, -10, EffectSize.Worse)]
    public void Of_Spread_NamesTheBand(double from, double to, double percent, EffectSize size)
    {
        EffectBand band = EffectBand.Of(new ChangeEvidence(new(from), new(to)));
        Assert.Equal(percent, band.ImprovementPercent!.Value, .05);
        Assert.Equal(size, band.Size);
    }

    // A change of 40% under several uncertainties: the size stays, the words and the mark follow the verdict.
    [Theory]
    [InlineData(.04, .04, .01, "moderate to large (not clear: intervals overlap)")]
    [InlineData(.01, .01, .01, "moderate to large")]
    [InlineData(.01, .05, .01, "moderate to large (not clear: intervals by clusters overlap)")]
    [InlineData(.04, .05, .20, "moderate to large (not clear: both below the noise floor)")]
    [InlineData(.01, .01, .15, "moderate to large")]
    public void Of_AChangeWithinItsUncertainty_IsNotMarked(double half, double byClusters, double floor, string words)
    {
        Estimate Around(double value) => new(value, Lower: value - half, Upper: value + half, ByClusters: new ClusterInterval(value - byClusters, value + byClusters, 6));
        var noise = new SpreadFloor(floor / 2, floor);

        EffectBand band = EffectBand.Of(new ChangeEvidence(Around(.20), Around(.12), BaselineFloor: noise, ComparedFloor: noise));

        bool isClear = !words.Contains("not clear", StringComparison.Ordinal);
        Assert.Equal((EffectSize.ModerateToLarge, words), (band.Size, band.Words.ToString()));
        Assert.Equal(isClear ? EffectSize.ModerateToLarge : EffectSize.Undefined, band.Mark);
        Assert.Equal(band.Mark, ReportCellEffect(band));
        Assert.Equal(isClear, band.Doubt is null);

        static EffectSize ReportCellEffect(EffectBand band) => Core.Reports.Cells.ReportCell.Improvement(band).Effect;
    }

    [Fact]
    public void Of_ANegligibleChange_HasNoReasonForDoubt() =>
        Assert.Equal("negligible", EffectBand.Of(new ChangeEvidence(new(.20, Lower: .1, Upper: .3), new(.20, Lower: .1, Upper: .3))).Words.ToString());

    [Fact]
    public void Of_MetricWhereMoreIsBetter_HasTheOppositeSign() =>
        Assert.Equal(EffectSize.Worse, EffectBand.Of(new ChangeEvidence(new(.8), new(.7), BetterDirection.Higher)).Size);

    [Fact]
    public void Of_CustomThresholds_MoveTheBands() =>
        Assert.Equal(EffectSize.Low, EffectBand.Of(new ChangeEvidence(new(.2), new(.1)), new EffectThresholds(60, 20)).Size);

    [Fact]
    public void Of_UndefinedOrZeroBaseline_GivesTheReason()
    {
        Assert.Equal("the baseline is 0", EffectBand.Of(new ChangeEvidence(new(0.0), new(.1))).Undefined);
        Assert.Equal("baseline: 0 positives", EffectBand.Of(new ChangeEvidence(Estimate.None("0 positives"), new(.1))).Undefined);
        Assert.Equal("–", EffectBand.Of(new ChangeEvidence(new(.1), Estimate.None("0 positives"))).Words.ToString());
    }
}
