using FairMedl.Core.Fairness.Metrics;
using Xunit;

namespace FairMedl.Tests.Fairness.Metrics;

public sealed class ParetoFrontTests
{
    [Fact]
    public void Front_DominatedPoints_AreLeftOut()
    {
        (double, double)[] points = [(0.17, 0.81), (0.10, 0.80), (0.12, 0.79), (0.05, 0.70), (0.20, 0.80)];

        Assert.Equal([3, 1, 0], ParetoFront.Of(points, BetterDirection.Lower, BetterDirection.Higher));
    }

    [Fact]
    public void Front_EqualInTheFirstMetric_KeepsTheBetterInTheSecond() =>
        Assert.Equal([1], ParetoFront.Of([(0.1, 0.7), (0.1, 0.8)], BetterDirection.Lower, BetterDirection.Higher));

    [Fact]
    public void Front_EqualPoints_AreBothOnIt() =>
        Assert.Equal([0, 1], ParetoFront.Of([(0.1, 0.8), (0.1, 0.8)], BetterDirection.Lower, BetterDirection.Higher));

    [Theory]
    [InlineData(BetterDirection.Higher, BetterDirection.Lower, new[] { 2 })]
    [InlineData(BetterDirection.Lower, BetterDirection.Lower, new[] { 0, 2 })]
    public void Front_OfEitherDirection_UsesIt(BetterDirection first, BetterDirection second, int[] expected) =>
        Assert.Equal(expected, ParetoFront.Of([(1, 3), (2, 4), (3, 2)], first, second));

    [Fact]
    public void Front_OfNoPoints_IsEmpty() => Assert.Empty(ParetoFront.Of([], BetterDirection.Lower, BetterDirection.Lower));
}
