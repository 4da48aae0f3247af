using FairMedl.Core.Interpretation;
using FairMedl.Core.Training;
using Xunit;

namespace FairMedl.Tests.Interpretation;

public sealed class RandomEffectsAverageTests
{
    [Fact]
    public void Over_TwoFits_AveragesMeansAndSds()
    {
        FitResult first = Fits.Of(0, ("a", 1f), ("b", 1f)) with { RandomEffects = new([1, 2], [.1f, .2f], [[1, 2], [3, 4]], [[.1f, .2f], [.3f, .4f]]) };
        // The second fit's encoder wrote the columns in another order, and lacks b.
        FitResult second = Fits.Of(1, ("a", 1f)) with { RandomEffects = new([3, 4], [.3f, .4f], [[5], [7]], [[.5f], [.7f]]) };
        RandomEffectsResult result = RandomEffectsAverage.Over("medl", [first, second], ["sales", "office"], [10, 8])!;
        Assert.Equal(["a", "b"], result.Features);
        Assert.Equal([("sales", 10), ("office", 8)], result.Clusters.Select(c => (c.Cluster, c.N)));
        Assert.Equal(2, result.Clusters[0].InterceptMean, 6);
        Assert.Equal(.3, result.Clusters[1].InterceptSd, 6);
        Assert.Equal([3.0, 2.0], result.Clusters[0].SlopeMean);
        Assert.Equal([5.0, 4.0], result.Clusters[1].SlopeMean);
        Assert.Equal(.5, result.Clusters[1].SlopeSd[0], 6);
    }

    [Fact]
    public void Over_NoRandomEffects_IsNull() => Assert.Null(RandomEffectsAverage.Over("nnet", [Fits.Of(0, ("a", 1f))], ["s"], [1]));

    [Fact]
    public void Over_OtherNumberOfClusters_Throws()
    {
        FitResult fit = Fits.Of(0, ("a", 1f)) with { RandomEffects = new([1], [1], [[1]], [[1]]) };
        Assert.Throws<ArgumentException>(() => RandomEffectsAverage.Over("medl", [fit], ["s", "t"], [1, 1]));
    }

    [Fact]
    public void SlopeSpreads_TwoClusters_AreHalfTheDifferenceWidestFirst()
    {
        var result = new RandomEffectsResult("medl", ["a", "b"], [new("s", 1, 0, 0, [1, 5], [0, 0]), new("t", 1, 0, 0, [2, 1], [0, 0])]);
        Assert.Equal([("b", 2.0), ("a", .5)], result.SlopeSpreads().Select(s => (s.Feature, s.Sd)));
    }
}
