using FairMedl.Core.Numerics;
using FairMedl.Simulation.Intervals;
using Xunit;

namespace FairMedl.Tests.Fairness.Intervals;

/// <summary>
/// A few cells of the table in docs/metrics.md with fewer simulations. With the percentile of a bootstrap as the lower end, six of
/// them fall below the bound.
/// </summary>
public sealed class CoverageTests
{
    [Theory]
    [InlineData(0, .5, new[] { 20, 20, 20, 20, 20 })]
    [InlineData(0, .2, new[] { 100, 100, 100 })]
    [InlineData(.02, .5, new[] { 20, 20, 20, 20, 20 })]
    [InlineData(.02, .8, new[] { 20, 20, 20, 20, 20 })]
    [InlineData(.02, .5, new[] { 20, 1000, 1000 })]
    [InlineData(.02, .2, new[] { 20, 1000, 1000, 1000, 1000 })]
    [InlineData(.05, .5, new[] { 20, 1000, 1000 })]
    [InlineData(.1, .2, new[] { 20, 20 })]
    [InlineData(.1, .5, new[] { 1000, 1000, 1000 })]
    public void ByRows_TheTrueSdIsCovered(double sd, double rate, int[] sizes)
    {
        Coverage coverage = new RowCell(sd, rate, sizes).Run(300, new RandomStream(11), replicates: 200).Sd;

        Assert.Equal((300, 0), (coverage.N, coverage.Undefined));
        Assert.InRange(coverage.Share, .91, 1);
    }

    [Theory]
    [InlineData(9, 2, .1)]
    [InlineData(9, 3, .05)]
    [InlineData(15, 5, 0)]
    public void ByClusters_TheTrueSdIsCovered(int clusters, int groups, double sd)
    {
        (Coverage byRows, Coverage byClusters) = new ClusterCell(sd, clusters, groups).Run(200, new RandomStream(12), replicates: 200);

        Assert.Equal(200, byClusters.N);
        Assert.InRange(byClusters.Share, .9, 1);
        Assert.True(byClusters.Width > byRows.Width);
    }

    [Fact]
    public void TrueRates_HaveTheSdAndTheMean()
    {
        double[] rates = TrueRates.Of(.2, .1, 5);
        Assert.Equal(.2, rates.Average(), 12);
        Assert.Equal(.1, Core.Fairness.Metrics.Spread.PopulationSd([.. rates.Select(r => (double?)r)])!.Value, 12);
    }
}
