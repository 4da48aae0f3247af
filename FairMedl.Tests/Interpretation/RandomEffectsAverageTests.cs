using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
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
        RandomEffectsResult result = RandomEffectsAverage.Over([first, second], 2)!.Result("medl", ["sales", "office"], [10, 8]);
        Assert.Equal(["a", "b"], result.Features);
        Assert.Equal([("sales", 10), ("office", 8)], result.Clusters.Select(c => (c.Cluster, c.N)));
        Assert.Equal(2, result.Clusters[0].InterceptMean, 6);
        Assert.Equal(.3, result.Clusters[1].InterceptSd, 6);
        Assert.Equal([3.0, 2.0], result.Clusters[0].SlopeMean);
        Assert.Equal([5.0, 4.0], result.Clusters[1].SlopeMean);
        Assert.Equal(.5, result.Clusters[1].SlopeSd[0], 6);
    }

    /// <summary>Two fits in one seed, one in another that alone has a column: a mean of the seeds' means would weigh it twice.</summary>
    [Fact]
    public void Over_SeedsOfDifferentlyManyFits_IsTheMeanOverFits()
    {
        FitResult[] fits = [
            Fits.Of(0, ("a", 1f)) with { RandomEffects = new([1], [1], [[1]], [[1]]) },
            Fits.Of(1, ("a", 1f)) with { RandomEffects = new([2], [2], [[3]], [[5]]) },
            Fits.Of(2, ("b", 1f), ("a", 1f)) with { RandomEffects = new([6], [9], [[7, 8]], [[9, 3]]) }];
        RandomEffectsAverage first = RandomEffectsAverage.Over(fits[..2], 1)!, second = RandomEffectsAverage.Over(fits[2..], 1)!;

        RandomEffectsResult result = RandomEffectsAverage.Over([first, second])!.Result("medl", ["s"], [5]);

        Assert.Equal(["a", "b"], result.Features);
        ClusterEffects only = Assert.Single(result.Clusters);
        Assert.Equal((3, 4), (only.InterceptMean, only.InterceptSd));
        Assert.Equal([4.0, 7.0], only.SlopeMean);
        Assert.Equal([3.0, 9.0], only.SlopeSd);
        Assert.Equal([2.0], first.Result("medl", ["s"], [5]).Clusters[0].SlopeMean);
    }

    [Fact]
    public void Over_FitsWithTotals_AveragesThem()
    {
        FitResult Fit(int fold, float mean, float sd, bool centered = true) => Fits.Of(fold, ("a", 1f)) with
        {
            RandomEffects = new([1, 2], [1, 1], [[1], [1]], [[1], [1]]) { TotalMean = [mean, 2 * mean], TotalSd = [sd, 3 * sd], IsCentered = centered },
        };
        RandomEffectsAverage first = RandomEffectsAverage.Over([Fit(0, 1, .5f), Fit(1, 3, 1)], 2)!, second = RandomEffectsAverage.Over([Fit(2, 5, 1.5f)], 2)!;

        RandomEffectsResult result = RandomEffectsAverage.Over([first, second])!.Result("medl", ["s", "t"], [5, 4]);

        Assert.Equal([3.0, 6.0], result.Clusters.Select(c => c.TotalMean!.Value));
        // Mean variance of the fits and variance between them: of .5, 1, 1.5 and 1, 3, 5; of three times and twice as much.
        Assert.Equal(Math.Sqrt(3.5 / 3 + 8.0 / 3), result.Clusters[0].TotalSd!.Value, 12);
        Assert.Equal(Math.Sqrt(9 * 3.5 / 3 + 4 * 8.0 / 3), result.Clusters[1].TotalSd!.Value, 12);
        Assert.True(result.HasTotals);
        Assert.True(result.IsCentered);
        RandomEffectsAverage raw = RandomEffectsAverage.Over([Fit(3, 1, 1, centered: false)], 2)!;
        Assert.False(RandomEffectsAverage.Over([first, raw])!.Result("medl", ["s", "t"], [5, 4]).IsCentered);
    }

    /// <summary>The mean of one fit's total would stand beside intercepts of two.</summary>
    [Fact]
    public void Over_AFitWithoutTotals_HasNone()
    {
        var effects = new RandomEffectsPosterior([1], [1], [[1]], [[1]]);
        FitResult with = Fits.Of(0, ("a", 1f)) with { RandomEffects = effects with { TotalMean = [2], TotalSd = [1] } };
        FitResult without = Fits.Of(1, ("a", 1f)) with { RandomEffects = effects };

        RandomEffectsResult result = RandomEffectsAverage.Over([with, without], 1)!.Result("medl", ["s"], [5]);

        Assert.False(result.HasTotals);
        Assert.Null(result.Clusters[0].TotalMean);
        Assert.Equal(1, result.Clusters[0].InterceptMean);
        Assert.True(RandomEffectsAverage.Over([with], 1)!.Result("medl", ["s"], [5]).HasTotals);
    }

    [Fact]
    public void Over_NothingToAverage_IsNull() => Assert.Null(RandomEffectsAverage.Over([]));

    [Fact]
    public void Over_NoRandomEffects_IsNull() => Assert.Null(RandomEffectsAverage.Over([Fits.Of(0, ("a", 1f))], 1));

    [Fact]
    public void Over_OtherNumberOfClusters_Throws()
    {
        FitResult fit = Fits.Of(0, ("a", 1f)) with { RandomEffects = new([1], [1], [[1]], [[1]]) };
        Assert.Throws<ArgumentException>(() => RandomEffectsAverage.Over([fit], 2));
    }

    [Fact]
    public void SlopeSpreads_TwoClusters_AreHalfTheDifferenceWidestFirst()
    {
        var result = new RandomEffectsResult("medl", ["a", "b"], [new("s", 1, 0, 0, [1, 5], [0, 0]), new("t", 1, 0, 0, [2, 1], [0, 0])]);
        Assert.Equal([("b", 2.0), ("a", .5)], result.SlopeSpreads().Select(s => (s.Feature, s.Sd)));
    }
}
