using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Fairness.Counts;

public sealed class ScoreCountsTests
{
    private const int Cells = 5;

    private static readonly Grouping Every = new("every", ["a", "b", "c", "d", "e"], [0, 1, 2, 3, 4]);

    private static (float[] Labels, float[] Scores, bool[] Decisions, int[] Cells) Rows(int n, ulong seed = 3)
    {
        var random = new RandomStream(seed);
        float[] scores = [.. Enumerable.Range(0, n).Select(_ => random.NextInt(4) == 0 ? random.NextInt(101) / 100f : (float)random.NextDouble())];
        return ([.. scores.Select(s => random.NextDouble() < s ? 1f : 0f)], scores, [.. scores.Select(_ => random.NextDouble() < 0.5)], [.. scores.Select(_ => random.NextInt(Cells))]);
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 1000)]
    [InlineData(3000, 1000)]
    [InlineData(3000, 200)]
    [InlineData(3000, 1)]
    public void Counts_AtEveryStep_EqualThoseOfTheRows(int n, int steps)
    {
        var grid = new ThresholdGrid(steps);
        (float[] labels, float[] scores, bool[] decisions, int[] cells) = Rows(n);
        ScoreCounts counts = ScoreCounts.Of(labels, scores, decisions, cells, Cells, grid);

        for (int step = 0; step <= steps; step += Math.Max(1, steps / 40))
        {
            bool[] decided = Array.ConvertAll(scores, s => s >= grid.At(step));
            Assert.Equal(ConfusionCounts.ByGroup(labels, decided, cells, Cells), counts.By(Every, step));
        }

        Assert.Equal(ConfusionCounts.ByGroup(labels, decisions, cells, Cells), counts.By(Every, null));
    }

    [Fact]
    public void Counts_OfMergedCells_AddUp()
    {
        (float[] labels, float[] scores, bool[] decisions, int[] cells) = Rows(500);
        ScoreCounts counts = ScoreCounts.Of(labels, scores, decisions, cells, Cells, new ThresholdGrid(100));
        var halves = new Grouping("halves", ["even", "odd"], [0, 1, 0, 1, 0]);

        bool[] decided = Array.ConvertAll(scores, s => s >= 0.37);
        Assert.Equal(ConfusionCounts.ByGroup(labels, decided, Array.ConvertAll(cells, c => c % 2), 2), counts.By(halves, 37));
    }

    [Fact]
    public void Counts_AScoreAtTheThreshold_IsPositive()
    {
        var grid = new ThresholdGrid(1000);
        for (int step = 0; step <= 1000; step++)
        {
            // The float nearest to a step is at, just above or just below it: counted as the comparison decides.
            var score = (float)grid.At(step);
            Assert.Equal(score >= grid.At(step) ? step : step - 1, grid.Reached(score));
        }

        Assert.Equal(500, grid.Reached(0.5f));
        Assert.Equal(499, grid.Reached(MathF.BitDecrement(0.5f)));
        Assert.Equal(1000, grid.Reached(1f));
    }

    [Fact]
    public void Counts_OfAnyNumberOfRows_StayWithinTheirMaximumSize()
    {
        (float[] labels, float[] scores, bool[] decisions, int[] cells) = Rows(50_000);

        long bytes = ScoreCounts.Of(labels, scores, decisions, cells, Cells, new ThresholdGrid(100)).Bytes;

        Assert.InRange(bytes, 1, ScoreCounts.MostBytes(50_000, Cells, 100));
        Assert.Equal(ScoreCounts.MostBytes(50_000, Cells, 100), ScoreCounts.MostBytes(5_000_000, Cells, 100));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    public void Counts_OfInvalidProbabilities_Throw(float score) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThresholdGrid(100).Reached(score));

    [Fact]
    public void Counts_OfUnequalLengths_Throw() =>
        Assert.Throws<ArgumentException>(() => ScoreCounts.Of([1f], [0.5f, 0.6f], [true], [0], 1, new ThresholdGrid(100)));

    [Theory]
    [InlineData(0.4237, 424)]
    [InlineData(-3, 0)]
    [InlineData(9, 1000)]
    public void Grid_OfAThreshold_ReturnsTheNearestStep(double threshold, int step) => Assert.Equal(step, new ThresholdGrid(1000).Nearest(threshold));
}
