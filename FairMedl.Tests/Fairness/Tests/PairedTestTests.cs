using FairMedl.Core.Fairness.Tests;
using Xunit;

namespace FairMedl.Tests.Fairness.Tests;

public sealed class PairedTestTests
{
    // Student (1908), Cushny and Peebles' sleep data; R's t.test(paired = TRUE) gives t = -4.0621, df = 9, p = 0.002833,
    // and the interval -2.4598858 to -0.7001142 of first - second.
    private static readonly double[] First = [.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2], Second = [1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void OverSeeds_SleepData_MatchesR()
    {
        PairedTest test = PairedTest.OverSeeds(First, Second)!;
        Assert.Equal((10, 9), (test.N, test.Degrees));
        Assert.Equal(1.58, test.MeanDifference, 9);
        Assert.Equal(4.0621, test.T, 4);
        Assert.Equal(.002833, test.P, 6);
        Assert.Equal(.7001142, test.Lower, 6);
        Assert.Equal(2.4598858, test.Upper, 6);
        Assert.Equal(4.0621 / Math.Sqrt(10), test.EffectSize, 1e-4);
    }

    [Fact]
    public void OverFolds_TenFolds_WidensTheIntervalForTheOverlap()
    {
        PairedTest plain = PairedTest.OverSeeds(First, Second)!, corrected = PairedTest.OverFolds(First, Second, 100, 800)!;
        // sqrt(1/10) over sqrt(1/10 + 1/8).
        Assert.Equal(plain.T * Math.Sqrt(.1 / .225), corrected.T, 9);
        Assert.True(corrected.P > plain.P);
        Assert.Equal(plain.EffectSize, corrected.EffectSize);
    }

    [Fact]
    public void OverSeeds_TooFewOrEqualDifferences_IsUndefined()
    {
        Assert.Null(PairedTest.OverSeeds([.1], [.2]));
        Assert.Null(PairedTest.OverSeeds([.1, .2], [.1, .2]));
        Assert.Null(PairedTest.OverSeeds([.1, .2, .3], [.2, .3, .4]));
        Assert.Throws<ArgumentException>(() => PairedTest.OverSeeds([.1], [.2, .3]));
    }

    [Fact]
    public void Holm_Family_StepsDownAndSkipsUndefined()
    {
        IReadOnlyList<double?> adjusted = PairedTest.Holm([.04, .01, null, .03, .6]);
        // Four tests: .01 x 4, .03 x 3, then .04 x 2 is lifted to .09; .6 x 1.
        Assert.Equal([.09, .04, null, .09, .6], adjusted.Select(p => p is { } v ? Math.Round(v, 12) : (double?)null));
    }
}
