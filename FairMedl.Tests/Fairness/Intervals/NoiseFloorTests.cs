using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Fairness.Intervals;

public sealed class NoiseFloorTests
{
    /// <summary>
    /// The race groups of ProPublica's two-year COMPAS file (Angwin et al. 2016), decision "medium or high": African-American,
    /// Caucasian, Hispanic, other, Native American, Asian. Observed .190; a fair score would show .078, at the 95th percentile .145.
    /// </summary>
    [Fact]
    public void Rates_CompasRaceGroups_GivePublishedFloor()
    {
        int[] hits = [1369, 505, 103, 43, 9, 6], positives = [1901, 966, 232, 133, 10, 9];
        double?[] rates = hits.Zip(positives, (h, n) => (double?)h / n).ToArray();
        Assert.Equal(.190, Spread.PopulationSd(rates)!.Value, 3);
        SpreadFloor floor = Floor(hits, positives, new RandomStream(1))!;
        Assert.Equal(.078, floor.Mean, .0015);
        Assert.Equal(.145, floor.Percentile95, .004);
    }

    [Fact]
    public void Rates_TwoGroups_MatchTheFoldedNormal()
    {
        // K = 2: SD is |difference| / 2, its mean sqrt(2 / pi) s / 2 with s^2 = p q (1/n + 1/m).
        double s = Math.Sqrt(.25 * (1 / 4000.0 + 1 / 1000.0));
        SpreadFloor floor = Floor([2000, 500], [4000, 1000], new RandomStream(4))!;
        Assert.Equal(Math.Sqrt(2 / Math.PI) * s / 2, floor.Mean, 2e-4);
        Assert.Equal(1.959964 * s / 2, floor.Percentile95, 4e-4);
    }

    [Fact]
    public void Rates_OneGroupWithRows_HasNoFloor() =>
        Assert.Null(Floor([3, 0], [5, 0], new RandomStream(1)));

    [Fact]
    public void Means_LargeGroups_AgreeWithDrawingRows()
    {
        var random = new RandomStream(8);
        double[] values = Enumerable.Range(0, 3000).Select(_ => random.NextNormal()).ToArray();
        var source = new MeanSource(values, values);
        // 400 and 500 rows are drawn one by one; 501 by the normal limit. The floors differ by the sizes' little.
        SpreadFloor rows = Floor(500, new RandomStream(1)), limit = Floor(501, new RandomStream(2));
        Assert.Equal(rows.Mean, limit.Mean, rows.Mean * .05);
        Assert.Equal(rows.Percentile95, limit.Percentile95, rows.Percentile95 * .06);

        SpreadFloor Floor(int n, RandomStream stream) => GroupSample.Means([source, source], [n, n], source, stream, 4000).First.Floor(GroupMeasure.Sd, [true, true])!;
    }

    private static SpreadFloor? Floor(int[] hits, int[] sizes, RandomStream random) =>
        GroupSample.Rates(hits, sizes, random, 20_000).Floor(GroupMeasure.Sd, [.. sizes.Select(_ => true)]);
}
