using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Numerics;

public sealed class PercentileTests
{
    /// <summary>R's quantile(1:n, p, type = 6).</summary>
    [Theory]
    [InlineData(199, 0.025, 5)]
    [InlineData(199, 0.975, 195)]
    [InlineData(199, 0.95, 190)]
    [InlineData(200, 0.025, 5.025)]
    [InlineData(200, 0.975, 195.975)]
    [InlineData(40, 0.5, 20.5)]
    [InlineData(10, 0.025, 1)]
    [InlineData(10, 0.975, 10)]
    [InlineData(1, 0.5, 1)]
    public void Of_AscendingValues_UsesTheRankNPlus1TimesP(int n, double share, double expected) =>
        Assert.Equal(expected, Percentile.Of([.. Enumerable.Range(1, n).Select(i => (double)i)], share), 9);

    /// <summary>The coverage of a new uniform draw is the mean width of the interval over many samples.</summary>
    [Fact]
    public void Of_The95PercentOf200Draws_Cover95Percent()
    {
        var random = new RandomStream(7);
        const int samples = 4000, n = 200;
        double inside = 0, below = 0;
        double[] drawn = new double[n];
        for (int s = 0; s < samples; s++)
        {
            for (int i = 0; i < n; i++) drawn[i] = random.NextDouble();
            Array.Sort(drawn);
            inside += Percentile.Of(drawn, 0.975) - Percentile.Of(drawn, 0.025);
            below += Percentile.Of(drawn, 0.95);
        }

        Assert.Equal(0.95, inside / samples, 0.001);
        Assert.Equal(0.95, below / samples, 0.001);
    }
}
