using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Numerics;

public class ScoreOrderTests
{
    /// <summary>On either side of the number from which keys are sorted by digits; ties, both zeros, infinities and every magnitude.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(30000)]
    public void Sort_AnyNumberOfScores_IsTheirOrderWithTheirLabels(int n)
    {
        var random = new RandomStream(3);
        float[] special = [0f, -0f, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, 0.5f];
        float[] scores = [.. Enumerable.Range(0, n).Select(i => i % 5 == 0 ? special[random.NextInt(special.Length)] : (float)(random.NextNormal() * Math.Pow(10, random.NextInt(60) - 30)))];
        float[] labels = [.. Enumerable.Range(0, n).Select(_ => (float)random.NextInt(2))];
        ulong[] keys = ScoreOrder.Sort(scores, labels);
        (float Score, ulong Label)[] expected = [.. scores.Zip(labels, (s, l) => (s + 0f, (ulong)l)).OrderBy(p => p.Item1).ThenBy(p => p.Item2)];
        Assert.Equal(expected, keys.Select(k => (ScoreOrder.Score(k), k & 1)));
    }
}
