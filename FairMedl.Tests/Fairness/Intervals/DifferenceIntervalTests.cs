using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using Xunit;

namespace FairMedl.Tests.Fairness.Intervals;

public sealed class DifferenceIntervalTests
{
    /// <summary>Newcombe 1998 (Statistics in Medicine 17:873), table II, method 10: p1 - p2 for 56/70 and 48/80, 9/10 and 3/10, 10/10 and 0/20.</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.2, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.6, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 20, 1.0, 0.6791, 1.0)]
    public void Difference_OfRates_HasNewcombesInterval(int firstHits, int first, int secondHits, int second, double difference, double lower, double upper)
    {
        Estimate found = DifferenceInterval.Of(WilsonInterval.Rate(secondHits, second, "rows"), WilsonInterval.Rate(firstHits, first, "rows"));

        Assert.Equal(difference, found.Value!.Value, 12);
        Assert.Equal(lower, found.Lower!.Value, 4);
        Assert.Equal(upper, found.Upper!.Value, 4);
        Assert.Equal(Math.Min(first, second), found.N);
    }

    [Fact]
    public void Difference_ToAnUndefinedValue_IsUndefinedWithItsReason()
    {
        Estimate rate = WilsonInterval.Rate(1, 2, "positives"), none = WilsonInterval.Rate(0, 0, "positives");

        Assert.Equal("0 positives", DifferenceInterval.Of(rate, none).Undefined);
        Assert.Equal("baseline: 0 positives", DifferenceInterval.Of(none, rate).Undefined);
    }

    [Fact]
    public void Difference_WithoutAnInterval_HasNone()
    {
        Estimate found = DifferenceInterval.Of(new Estimate(0.5), WilsonInterval.Rate(1, 2, "rows"));

        Assert.Equal(0, found.Value);
        Assert.Null(found.Lower);
    }
}
