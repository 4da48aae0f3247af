using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Fairness.Intervals;

public sealed class ClusterIntervalsTests
{
    private const int Rows = 800, Sites = 8, Replicates = 4000;

    /// <summary>Resampling sums must equal resampling whole clusters: the same intervals, within the Monte Carlo error of 4000 replicates.</summary>
    [Fact]
    public void Classification_OverSums_AgreesWithResamplingWholeClusters()
    {
        (float[] y, bool[] d, int[] groups, int[] sites) = Sample();
        float[] flips = Array.ConvertAll(groups, g => .1f + .05f * g);
        AttributeRows rows = new("s", ["a", "b", "c"], groups);
        SplitAudit audit = SplitAuditor.Classification(y, Array.ConvertAll(d, v => v ? 1f : 0f), d, [rows], [flips], new AuditResampling(new RandomStream(6), Replicates, sites));

        double?[] observed = [.. audit.Attributes[0].Groups.Select(g => g.TruePositiveRate.Value)];
        ClusterSample tpr = new(observed, Sites, Replicates);
        double[] balanced = new double[Replicates], flip = new double[Replicates];
        Resample(sites, 77, (r, drawn) =>
        {
            ConfusionCounts[] counts = ConfusionCounts.ByGroup(Pick(y, drawn), Pick(d, drawn), Pick(groups, drawn), 3);
            for (int g = 0; g < 3; g++) tpr.Add(g, counts[g].TruePositiveRate);
            balanced[r] = ConfusionCounts.Of(Pick(y, drawn), Pick(d, drawn)).BalancedAccuracy!.Value;
            flip[r] = Pick(flips, drawn).Average();
        });

        Near(Spread(tpr, GroupMeasure.Sd, audit.Attributes[0].TprSd), audit.Attributes[0].TprSd, .008);
        Near(Ends(balanced, audit.BalancedAccuracy), audit.BalancedAccuracy, .008);
        Near(Ends(flip, audit.Attributes[0].CounterfactualFairness), audit.Attributes[0].CounterfactualFairness, .004);
    }

    [Fact]
    public void Classification_ClustersThatDiffer_HaveWiderIntervalsThanRows()
    {
        (float[] y, bool[] d, int[] groups, int[] sites) = Sample();
        Estimate balanced = SplitAuditor.Classification(y, Array.ConvertAll(d, v => v ? 1f : 0f), d, [new("s", ["a", "b", "c"], groups)], null, new AuditResampling(new RandomStream(6), 1000, sites)).BalancedAccuracy;
        Assert.True(balanced.ByClusters!.Upper - balanced.ByClusters.Lower > balanced.Upper - balanced.Lower);
        Assert.Equal((Sites, true), (balanced.ByClusters.Clusters, balanced.ByClusters.IsRough));
    }

    [Fact]
    public void Regression_OverSums_AgreesWithResamplingWholeClusters()
    {
        (float[] y, _, int[] groups, int[] sites) = Sample();
        var noise = new RandomStream(4);
        float[] predictions = [.. y.Select((v, i) => v + .4f * groups[i] + (float)noise.NextNormal() * (1 + sites[i] % 3))];
        AttributeAudit audit = SplitAuditor.Regression(y, predictions, [new("s", ["a", "b", "c"], groups)], null, new AuditResampling(new RandomStream(6), Replicates, sites)).Attributes[0];

        ClusterSample mse = new([.. audit.Groups.Select(g => g.MeanSquaredError.Value)], Sites, Replicates), mean = new([.. audit.Groups.Select(g => g.MeanPrediction.Value)], Sites, Replicates);
        Resample(sites, 78, (_, drawn) =>
        {
            AttributeAudit one = SplitAuditor.Regression(Pick(y, drawn), Pick(predictions, drawn), [new("s", ["a", "b", "c"], Pick(groups, drawn))]).Attributes[0];
            for (int g = 0; g < 3; g++)
            {
                mse.Add(g, one.Groups[g].MeanSquaredError.Value);
                mean.Add(g, one.Groups[g].MeanPrediction.Value);
            }
        });

        Near(Spread(mse, GroupMeasure.Sd, audit.MseSd), audit.MseSd, .1);
        Near(Spread(mean, GroupMeasure.MeanPairwise, audit.DemographicParity), audit.DemographicParity, .02);
    }

    [Fact]
    public void Classification_OneCluster_HasNoIntervalByClusters()
    {
        (float[] y, bool[] d, int[] groups, _) = Sample();
        SplitAudit audit = SplitAuditor.Classification(y, Array.ConvertAll(d, v => v ? 1f : 0f), d, [new("s", ["a", "b", "c"], groups)], null, new AuditResampling(new RandomStream(6), 100, new int[Rows]));
        Assert.Null(audit.BalancedAccuracy.ByClusters);
        Assert.Null(audit.Attributes[0].TprSd.ByClusters);
        Assert.NotNull(audit.Attributes[0].TprSd.Lower);
    }

    [Fact]
    public void SeedAverage_OfRepetitions_AveragesTheIntervalsByClusters()
    {
        (float[] y, bool[] d, int[] groups, int[] sites) = Sample();
        SplitAudit audit = SplitAuditor.Classification(y, Array.ConvertAll(d, v => v ? 1f : 0f), d, [new("s", ["a", "b", "c"], groups)], null, new AuditResampling(new RandomStream(6), 200, sites));
        SplitAudit Moved(double by) => audit with { BalancedAccuracy = new(.8 + by, Lower: .7, Upper: .9, ByClusters: new ClusterInterval(.6 + by, .9 + by, 8)) };
        ClusterInterval mean = SeedAverage.Over([Moved(0), Moved(.02)]).BalancedAccuracy.ByClusters!;
        Assert.Equal((.61, .91, 8), (Math.Round(mean.Lower, 12), Math.Round(mean.Upper, 12), mean.Clusters));
    }

    private static void Resample(int[] sites, ulong seed, Action<int, int[]> read)
    {
        int[][] members = [.. Enumerable.Range(0, Sites).Select(s => Enumerable.Range(0, Rows).Where(i => sites[i] == s).ToArray())];
        var random = new RandomStream(seed);
        for (int r = 0; r < Replicates; r++) read(r, [.. Enumerable.Range(0, Sites).SelectMany(_ => members[random.NextInt(Sites)])]);
    }

    private static (double Lower, double Upper) Spread(ClusterSample sample, GroupMeasure measure, Estimate estimate)
    {
        (double lower, double upper) = InvertedInterval.Of(estimate.Value!.Value, double.PositiveInfinity, sample.Sample.Part(measure, [true, true, true])!);
        return (Math.Min(lower, estimate.Lower!.Value), Math.Max(upper, estimate.Upper!.Value));
    }

    private static (double Lower, double Upper) Ends(double[] drawn, Estimate estimate)
    {
        double value = estimate.Value!.Value, wider = Math.Sqrt(8 / 7.0) * 2.364624 / 1.959964;
        double[] moved = [.. drawn.Select(v => value + wider * (v - value)).Order()];
        return (Math.Min(estimate.Lower!.Value, moved[100]), Math.Max(estimate.Upper!.Value, moved[3900]));
    }

    private static void Near((double Lower, double Upper) expected, Estimate estimate, double tolerance)
    {
        Assert.Equal(expected.Lower, estimate.ByClusters!.Lower, tolerance);
        Assert.Equal(expected.Upper, estimate.ByClusters.Upper, tolerance);
    }

    private static T[] Pick<T>(T[] values, int[] rows) => Array.ConvertAll(rows, i => values[i]);

    /// <summary>Sites differ in how well they are decided, so that rows of one site go together.</summary>
    private static (float[] Labels, bool[] Decisions, int[] Groups, int[] Sites) Sample()
    {
        var random = new RandomStream(31);
        int[] sites = [.. Enumerable.Range(0, Rows).Select(_ => random.NextInt(Sites))], groups = [.. sites.Select(_ => random.NextInt(3))];
        float[] labels = [.. groups.Select(g => random.NextDouble() < .4 + .1 * g ? 1f : 0f)];
        bool[] decisions = [.. labels.Select((y, i) => random.NextDouble() < (y > 0 ? .55 + .05 * sites[i] : .35 - .03 * sites[i]) - .06 * groups[i])];
        return (labels, decisions, groups, sites);
    }
}
