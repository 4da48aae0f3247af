using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Fits;

public sealed class YoudenThresholdTests
{
    [Fact]
    public void Find_SeveralBest_TakesTheHighestScore() =>
        // .8: 1/2 - 0; .7: 1/2 - 1/2; .6: 1 - 1/2: the first and the last are equally good.
        Assert.Equal((double).8f, YoudenThreshold.Find([.8f, .7f, .6f, .5f], [1, 0, 1, 0]));

    [Fact]
    public void Find_TiedScores_CountTogether() =>
        Assert.Equal((double).5f, YoudenThreshold.Find([.5f, .5f, .5f, .2f, .9f], [1, 1, 0, 0, 0]));

    [Fact]
    public void Find_AnyScores_NoOtherScoreIsBetter()
    {
        var random = new RandomStream(7);
        for (int round = 0; round < 200; round++)
        {
            int n = 2 + random.NextInt(60);
            float[] labels = Enumerable.Range(0, n).Select(i => i < 2 ? i : (float)random.NextInt(2)).ToArray();
            float[] scores = labels.Select(_ => (random.NextInt(20) - 10) / 10f).ToArray();
            double Gain(double t) =>
                labels.Where((y, i) => y == 1 && scores[i] >= t).Count() / (double)labels.Count(y => y == 1)
                - labels.Where((y, i) => y == 0 && scores[i] >= t).Count() / (double)labels.Count(y => y == 0);
            double found = YoudenThreshold.Find(scores, labels);
            Assert.Contains((float)found, scores);
            Assert.All(scores, s => Assert.True(Gain(s) < Gain(found) + 1e-12 && (s <= found || Gain(s) < Gain(found) - 1e-12)));
        }
    }

    [Fact]
    public void Find_OneClass_SaysSo()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => YoudenThreshold.Find([.1f, .2f], [1, 1]));
        Assert.Contains("2 positives and 0 negatives", fault.Message, StringComparison.Ordinal);
    }
}
