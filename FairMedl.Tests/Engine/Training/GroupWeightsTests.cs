using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Engine.Training;
using FairMedl.Tests.Engine.Reference;
using Xunit;

namespace FairMedl.Tests.Engine.Training;

/// <summary>min(cap, (n / (K n_g))^beta), by hand: 1,000 training rows of groups with 600, 350 and 50.</summary>
public sealed class GroupWeightsTests
{
    private static readonly int[] Training = [.. Enumerable.Range(0, 1000)];

    [Theory]
    [InlineData(1, 6, 1000 / 1800.0, 1000 / 1050.0, 6)]
    [InlineData(1, 100, 1000 / 1800.0, 1000 / 1050.0, 1000 / 150.0)]
    [InlineData(1, 2.5, 1000 / 1800.0, 1000 / 1050.0, 2.5)]
    [InlineData(0, 6, 1, 1, 1)]
    public void Of_ThreeGroups_IsTheirInverseShareUpToTheCap(double beta, double cap, double large, double middle, double small) =>
        AssertEqual([large, middle, small], Weights(new ModelSettings { GroupWeightExponent = beta, GroupWeightCap = cap })[0]);

    [Fact]
    public void Of_ExponentBelowOne_IsThePower() =>
        AssertEqual([Math.Pow(1000 / 1800.0, 0.75), Math.Pow(1000 / 1050.0, 0.75), Math.Pow(1000 / 150.0, 0.75)],
            Weights(new ModelSettings { GroupWeightExponent = 0.75 })[0]);

    [Fact]
    public void Of_AttributeWithItsOwnExponent_TakesThat()
    {
        float[][] weights = Weights(new ModelSettings
        {
            GroupWeightExponent = 1,
            GroupWeightExponents = new Dictionary<string, double> { ["second"] = 0.5, ["third"] = 0 },
        });

        AssertEqual([1000 / 1800.0, 1000 / 1050.0, 6], weights[0]);
        AssertEqual([Math.Sqrt(1000 / 1400.0), Math.Sqrt(1000 / 600.0)], weights[1]);
        AssertEqual([1, 1], weights[2]);
    }

    /// <summary>29 rows of the small group weigh no more than other rows; 30 do.</summary>
    [Theory]
    [InlineData(29, 1)]
    [InlineData(30, 6)]
    public void Of_GroupOfFewerThanThirtyRows_IsAtMostOne(int rows, double weight)
    {
        double n = 950 + rows;
        AssertEqual([n / 1800, n / 1050, weight],
            GroupWeights.Of(Study(), Training.AsSpan(0, 950 + rows), new ModelSettings { GroupWeightExponent = 1, GroupWeightCap = 6 })[0]);
    }

    [Fact]
    public void Of_GroupWithoutATrainingRow_IsOne()
    {
        // The first 950 rows: 600 and 350, none of the third group.
        AssertEqual([950 / 1800.0, 950 / 1050.0, 1],
            GroupWeights.Of(Study(), Training.AsSpan(0, 950), new ModelSettings { GroupWeightExponent = 1 })[0]);
    }

    private static float[][] Weights(ModelSettings settings) => GroupWeights.Of(Study(), Training, settings);

    /// <summary>Besides the training rows, 500 more of the third group, which must not count.</summary>
    private static StudyData Study()
    {
        int[] byRow = [.. Enumerable.Range(0, 1500).Select(row => row < 600 ? 0 : row < 950 ? 1 : 2)];
        int[] halves = [.. Enumerable.Range(0, 1500).Select(row => row < 700 ? 0 : 1)];
        return ArrayStudy.Of(new float[1500], [new float[1500]], sensitive:
        [
            new SensitiveAttribute("first", ["a", "b", "c"], byRow),
            new SensitiveAttribute("second", ["a", "b"], halves),
            new SensitiveAttribute("third", ["a", "b"], halves),
        ]);
    }

    private static void AssertEqual(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }
}
