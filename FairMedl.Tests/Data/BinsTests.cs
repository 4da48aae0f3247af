using FairMedl.Core.Data.Profiling;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Data;

public sealed class BinsTests
{
    [Fact]
    public void Names_OfIntegers_AreClosedRanges()
    {
        Assert.Equal(["<=30", "31-45", ">45"], new Bins([30, 45], isWhole: true).Names);
        Assert.Equal(["<=-1", "0", "1-9", ">9"], new Bins([-1, 0, 9], isWhole: true).Names);
    }

    [Fact]
    public void Names_OfOtherNumbers_AreTheBounds()
    {
        Assert.Equal(["<=1.5", "1.5-2.5", ">2.5"], new Bins([1.5, 2.5], isWhole: false).Names);
        Assert.Equal(["<=30", "30-45", ">45"], new Bins([30, 45], isWhole: false).Names);
        Assert.Equal(["<=30.5", "30.5-45", ">45"], new Bins([30.5, 45], isWhole: true).Names);
    }

    [Theory]
    [InlineData(-100, 0)]
    [InlineData(30, 0)]
    [InlineData(30.01, 1)]
    [InlineData(45, 1)]
    [InlineData(45.5, 2)]
    public void Index_OfANumber_IncludesTheUpperBound(double x, int bin) => Assert.Equal(bin, new Bins([30, 45], true).IndexOf(x));

    [Fact]
    public void Bounds_NotAscending_AreRejected()
    {
        Assert.Throws<ArgumentException>(() => new Bins([], true));
        Assert.Throws<ArgumentException>(() => new Bins([2, 2], true));
        Assert.Throws<ArgumentException>(() => new Bins([1, double.NaN], true));
    }

    [Fact]
    public void Terciles_OfAnyNumbers_LeaveNoBinEmpty()
    {
        var random = new RandomStream(3);
        for (int round = 0; round < 300; round++)
        {
            double scale = Math.Pow(10, random.NextInt(9) - 4);
            bool isWhole = random.NextInt(2) == 0;
            double[] numbers = [.. Enumerable.Range(0, 2 + random.NextInt(60)).Select(_ => random.NextNormal() * scale).Select(x => isWhole ? Math.Round(x) : x).Order()];

            IReadOnlyList<double> bounds = RoundBounds.Terciles(numbers);

            if (numbers[0] == numbers[^1])
            {
                Assert.Empty(bounds);
                continue;
            }

            var bins = new Bins(bounds, isWhole);
            Assert.Equal(bins.Names.Count, numbers.Select(bins.IndexOf).Distinct().Count());
        }
    }
}
