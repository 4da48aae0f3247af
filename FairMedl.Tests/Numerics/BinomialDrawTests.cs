using FairMedl.Core.Numerics;
using MathNet.Numerics.Distributions;
using Xunit;

namespace FairMedl.Tests.Numerics;

public sealed class BinomialDrawTests
{
    /// <summary>Chi-squared over the outcomes, pooled to at least ten expected; the 99.9th percentile, with fixed seeds.</summary>
    [Theory]
    [InlineData(5, .3)]
    [InlineData(40, .1)]
    [InlineData(30, .9)]
    [InlineData(25, .42)]
    [InlineData(200, .5)]
    [InlineData(1000, .03)]
    [InlineData(20000, .07)]
    public void Next_ManyDraws_FollowTheBinomial(int n, double p)
    {
        const int draws = 20_000;
        var random = new RandomStream(42);
        var counts = new int[n + 1];
        for (int i = 0; i < draws; i++) counts[BinomialDraw.Next(random, n, p)]++;

        var exact = new Binomial(p, n);
        double statistic = 0, expected = 0, observed = 0;
        int cells = 0;
        for (int k = 0; k <= n; k++)
        {
            expected += draws * exact.Probability(k);
            observed += counts[k];
            if (expected < 10 && k < n) continue;
            if (expected > 0) statistic += (observed - expected) * (observed - expected) / Math.Max(expected, 1);
            cells++;
            (expected, observed) = (0, 0);
        }

        Assert.True(statistic < ChiSquared.InvCDF(cells - 1, .999), $"chi-squared {statistic:F1} over {cells} cells");
    }

    [Fact]
    public void Next_AtTheEnds_IsCertain()
    {
        var random = new RandomStream(1);
        Assert.Equal(0, BinomialDraw.Next(random, 10, 0));
        Assert.Equal(10, BinomialDraw.Next(random, 10, 1.0000000000000002));
        Assert.Equal(0, BinomialDraw.Next(random, 0, .5));
    }
}
