using FairMedl.Core.Fairness;
using Xunit;

namespace FairMedl.Tests.Fairness;

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
        EffectBand band = EffectBand.Of(new(from), new(to));
        Assert.Equal(percent, band.ImprovementPercent!.Value, .05);
        Assert.Equal(size, band.Size);
    }

    [Fact]
    public void Of_MetricWhereMoreIsBetter_CountsTheOtherWay() =>
        Assert.Equal(EffectSize.Worse, EffectBand.Of(new(.8), new(.7), BetterDirection.Higher).Size);

    [Fact]
    public void Of_OwnThresholds_MoveTheBands() =>
        Assert.Equal(EffectSize.Low, EffectBand.Of(new(.2), new(.1), BetterDirection.Lower, new EffectThresholds(60, 20)).Size);

    [Fact]
    public void Of_UndefinedOrZeroBaseline_SaysWhy()
    {
        Assert.Equal("the baseline is 0", EffectBand.Of(new(0.0), new(.1)).Undefined);
        Assert.Equal("baseline: 0 positives", EffectBand.Of(Estimate.None("0 positives"), new(.1)).Undefined);
        Assert.Equal("–", EffectBand.Of(new(.1), Estimate.None("0 positives")).Words);
    }
}
