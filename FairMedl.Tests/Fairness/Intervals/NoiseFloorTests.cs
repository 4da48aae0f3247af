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
        SpreadFloor floor = NoiseFloorSimulation.Rates(hits, positives, Spread.PopulationSd, new RandomStream(1), 20_000)!;
        Assert.Equal(.078, floor.Mean, .0015);
        Assert.Equal(.145, floor.Percentile95, .004);
    }

    [Fact]
    public void Rates_TwoGroups_MatchTheFoldedNormal()
    {
        // K = 2: SD is |difference| / 2, its mean sqrt(2 / pi) s / 2 with s^2 = p q (1/n + 1/m).
        double s = Math.Sqrt(.25 * (1 / 4000.0 + 1 / 1000.0));
        SpreadFloor floor = NoiseFloorSimulation.Rates([2000, 500], [4000, 1000], Spread.PopulationSd, new RandomStream(4), 20_000)!;
        Assert.Equal(Math.Sqrt(2 / Math.PI) * s / 2, floor.Mean, 2e-4);
        Assert.Equal(1.959964 * s / 2, floor.Percentile95, 4e-4);
    }

    [Fact]
    public void Rates_OneGroupWithRows_HasNoFloor() =>
        Assert.Null(NoiseFloorSimulation.Rates([3, 0], [5, 0], Spread.PopulationSd, new RandomStream(1), 100));

    [Fact]
    public void Means_LargeGroups_AgreeWithDrawingRows()
    {
        var random = new RandomStream(8);
        double[] values = Enumerable.Range(0, 3000).Select(_ => random.NextNormal()).ToArray();
        var source = new MeanSource(values, values);
        // 400 and 500 rows are drawn one by one; 501 by the normal limit. The floors differ by the sizes' little.
        SpreadFloor rows = NoiseFloorSimulation.Means(source, [500, 500], Spread.PopulationSd, new RandomStream(1), 4000)!;
        SpreadFloor limit = NoiseFloorSimulation.Means(source, [501, 501], Spread.PopulationSd, new RandomStream(2), 4000)!;
        Assert.Equal(rows.Mean, limit.Mean, rows.Mean * .05);
        Assert.Equal(rows.Percentile95, limit.Percentile95, rows.Percentile95 * .06);
    }
}
