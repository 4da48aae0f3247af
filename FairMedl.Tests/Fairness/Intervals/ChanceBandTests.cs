using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using Xunit;

namespace FairMedl.Tests.Fairness.Intervals;

public sealed class ChanceBandTests
{
    /// <summary>90 of 400 together: p = 0.225. By hand, sqrt(0.225 * 0.775 / 300) = 0.0241091 and with n = 100 0.0417582.</summary>
    [Fact]
    public void Band_MoreRows_IsNarrowerAroundThePooledRate()
    {
        IReadOnlyList<ChanceBand?> bands = ChanceBand.Of([new Estimate(0.2, N: 300), new Estimate(0.3, N: 100)]);

        Assert.Equal(0.225 - 1.96 * 0.0241091, bands[0]!.Lower, 4);
        Assert.Equal(0.225 + 1.96 * 0.0241091, bands[0]!.Upper, 4);
        Assert.Equal(0.225 - 1.96 * 0.0417582, bands[1]!.Lower, 4);
        Assert.Equal(0.225 + 1.96 * 0.0417582, bands[1]!.Upper, 4);
    }

    [Fact]
    public void Band_AtTheEnds_StaysWithin0And1()
    {
        Assert.Equal(0, ChanceBand.Of([new Estimate(0.1, N: 4), new Estimate(0.01, N: 100)])[0]!.Lower);
        Assert.Equal(1, ChanceBand.Of([new Estimate(0.9, N: 4), new Estimate(0.99, N: 100)])[0]!.Upper);
        Assert.Equal(new ChanceBand(1, 1), ChanceBand.Of([new Estimate(1, N: 7)])[0]);
    }

    [Fact]
    public void Band_OfAGroupWithoutADenominator_IsNullAndDoesNotAffectOthers()
    {
        Estimate[] rates = [new(0.2, N: 300), new(0.3, N: 100)];

        IReadOnlyList<ChanceBand?> bands = ChanceBand.Of([.. rates, Estimate.None("0 positives", 0), Estimate.None("group absent"), new(0.9)]);

        Assert.Equal([.. ChanceBand.Of(rates), null, null, null], bands);
        Assert.Equal([null], ChanceBand.Of([Estimate.None("0 positives", 0)]));
        Assert.Empty(ChanceBand.Of([]));
    }
}
