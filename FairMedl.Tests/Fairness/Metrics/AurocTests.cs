using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Fairness.Metrics;

public sealed class AurocTests
{
    [Fact]
    public void Of_ScoresWithTies_EqualsPairCounting()
    {
        var random = new RandomStream(5);
        for (int n = 2; n < 120; n++)
        {
            float[] labels = Enumerable.Range(0, n).Select(i => i == 0 ? 1f : i == 1 ? 0f : (float)random.NextInt(2)).ToArray();
            float[] scores = labels.Select(y => (random.NextInt(9) + 2 * y - 4) / 3f).ToArray();
            double wins = 0, pairs = 0;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    if (labels[i] != 1 || labels[j] != 0) continue;
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }

            Assert.Equal(wins / pairs, Auroc.Of(scores, labels).Value!.Value, 12);
        }
    }

    [Fact]
    public void Of_NegativeZeroAndZero_AreATie() => Assert.Equal(0.5, Auroc.Of([-0f, 0f], [1, 0]).Value);

    [Fact]
    public void Of_OneClass_IsUndefinedWithItsReason()
    {
        Assert.Equal("0 positives", Auroc.Of([.1f, .2f], [0, 0]).Undefined);
        Assert.Equal("0 negatives", Auroc.Of([.1f, .2f], [1, 1]).Undefined);
        Assert.Null(Auroc.Of([.1f, .2f], [1, 1]).Value);
    }

    [Fact]
    public void Of_NotANumber_Throws() => Assert.Throws<ArgumentException>(() => Auroc.Of([float.NaN, .2f], [1, 0]));

    [Fact]
    public void Of_LabelNeitherZeroNorOne_Throws() => Assert.Throws<ArgumentException>(() => Auroc.Of([.1f, .2f], [2, 0]));

    /// <summary>A tie is half a win for either side, in the placement values too; also with two rows of a class.</summary>
    [Theory]
    [InlineData(new[] { .9f, .4f, .35f, .6f, .4f }, new[] { .1f, .4f, .65f, .4f })]
    [InlineData(new[] { .5f, .7f }, new[] { .5f, .2f, .8f })]
    [InlineData(new[] { .5f, .7f, .1f }, new[] { .5f, .2f })]
    public void Of_IntervalWithTies_EqualsDeLongByDefinition(float[] positives, float[] negatives)
    {
        double[] wins = [.. positives.Select(p => negatives.Average(q => Win(p, q)))];
        double[] losses = [.. negatives.Select(q => positives.Average(p => Win(p, q)))];
        double area = wins.Average();
        double variance = wins.Sum(w => (w - area) * (w - area)) / (wins.Length - 1) / wins.Length
            + losses.Sum(l => (l - area) * (l - area)) / (losses.Length - 1) / losses.Length;

        Estimate estimate = Auroc.Of([.. positives, .. negatives], [.. positives.Select(_ => 1f), .. negatives.Select(_ => 0f)]);

        Assert.Equal(Math.Max(0, area - 1.959963984540054 * Math.Sqrt(variance)), estimate.Lower!.Value, 12);
        Assert.Equal(Math.Min(1, area + 1.959963984540054 * Math.Sqrt(variance)), estimate.Upper!.Value, 12);

        static double Win(float p, float q) => p > q ? 1 : p == q ? 0.5 : 0;
    }

    [Theory]
    [InlineData(new[] { .5f, .7f, .1f }, new[] { 1f, 0, 0 })]
    [InlineData(new[] { .5f, .7f, .1f }, new[] { 0f, 1, 1 })]
    public void Of_SinglePositiveOrNegative_HasNoInterval(float[] scores, float[] labels)
    {
        Assert.NotNull(Auroc.Of(scores, labels).Value);
        Assert.Null(Auroc.Of(scores, labels).Lower);
    }

    /// <summary>Without ties the DeLong variance must equal its definition over the placement values.</summary>
    [Fact]
    public void Of_Interval_EqualsDeLongByDefinition()
    {
        float[] positives = [.9f, .8f, .35f, .6f, .7f], negatives = [.1f, .4f, .65f, .3f];
        double[] wins = positives.Select(p => negatives.Average(q => p > q ? 1.0 : 0)).ToArray();
        double[] losses = negatives.Select(q => positives.Average(p => p > q ? 1.0 : 0)).ToArray();
        double area = wins.Average();
        double variance = wins.Sum(w => (w - area) * (w - area)) / 4 / 5 + losses.Sum(l => (l - area) * (l - area)) / 3 / 4;
        Estimate estimate = Auroc.Of([.. positives, .. negatives], [1, 1, 1, 1, 1, 0, 0, 0, 0]);
        Assert.Equal(area, estimate.Value!.Value, 12);
        Assert.Equal(area - 1.959963984540054 * Math.Sqrt(variance), estimate.Lower!.Value, 12);
        Assert.Equal(Math.Min(1, area + 1.959963984540054 * Math.Sqrt(variance)), estimate.Upper!.Value, 12);
    }
}
