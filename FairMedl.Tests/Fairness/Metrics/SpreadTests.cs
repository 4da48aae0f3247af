using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Fairness.Metrics;

public sealed class SpreadTests
{
    [Fact]
    public void TwoGroups_SdIsHalfTheDifference_AndPairwiseEqualsIt()
    {
        foreach (double?[] v in Samples(2))
        {
            double difference = Spread.Difference(v)!.Value;
            Assert.Equal(difference / 2, Spread.PopulationSd(v)!.Value, 12);
            Assert.Equal(difference, Spread.MeanPairwiseDifference(v)!.Value, 12);
        }
    }

    [Fact]
    public void ThreeGroups_PairwiseIsTwoThirdsOfTheDifference()
    {
        foreach (double?[] v in Samples(3)) Assert.Equal(Spread.Difference(v)!.Value * 2 / 3, Spread.MeanPairwiseDifference(v)!.Value, 12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void AnyGroups_SdLiesBetweenItsBounds(int k)
    {
        foreach (double?[] v in Samples(k))
        {
            double sd = Spread.PopulationSd(v)!.Value, range = Spread.Difference(v)!.Value;
            Assert.InRange(sd, range / Math.Sqrt(2 * k) - 1e-12, range / 2 + 1e-12);
        }
    }

    [Fact]
    public void OrderOfGroupsAndUndefinedOnes_ChangeNothing()
    {
        var random = new RandomStream(3);
        foreach (double?[] v in Samples(5))
        {
            double?[] other = [.. v, null, null];
            random.Shuffle(other.AsSpan());
            Assert.Equal(Spread.PopulationSd(v)!.Value, Spread.PopulationSd(other)!.Value, 12);
            Assert.Equal(Spread.MeanPairwiseDifference(v)!.Value, Spread.MeanPairwiseDifference(other)!.Value, 12);
            Assert.Equal(Spread.Difference(v), Spread.Difference(other));
            Assert.Equal(Spread.Ratio(v), Spread.Ratio(other));
        }
    }

    [Fact]
    public void FewerThanTwoDefined_IsUndefined()
    {
        double?[] one = [.3, null, null];
        Assert.Null(Spread.PopulationSd(one));
        Assert.Null(Spread.MeanPairwiseDifference(one));
        Assert.Null(Spread.Difference(one));
        Assert.Null(Spread.Ratio(one));
    }

    [Fact]
    public void Ratio_NothingSelected_IsUndefined() => Assert.Null(Spread.Ratio([0.0, 0.0]));

    private static IEnumerable<double?[]> Samples(int k)
    {
        var random = new RandomStream(11);
        for (int i = 0; i < 200; i++) yield return Enumerable.Range(0, k).Select(_ => (double?)random.NextDouble()).ToArray();
    }
}
