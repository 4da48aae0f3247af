using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Fairness.Intervals;

/// <summary>No interval has a width of zero, however few rows there are and however well they are predicted.</summary>
public sealed class IntervalWidthTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void Classification_OfRowsThatAllAgree_HasNoIntervalWithoutWidth(bool right, bool constant)
    {
        float[] y = [.. Enumerable.Range(0, 40).Select(i => (float)(i % 2))];
        bool[] d = Array.ConvertAll(y, v => v > 0 == right);
        float[] p = Array.ConvertAll(d, v => constant ? .5f : v ? .9f : .1f);
        int[] groups = [.. Enumerable.Range(0, 40).Select(i => i / 20)], clusters = [.. Enumerable.Range(0, 40).Select(i => i % 4)];
        SplitAudit audit = SplitAuditor.Classification(y, p, d, [new AttributeRows("s", ["a", "b"], groups)], [[.. y.Select(_ => .25f)]],
            new AuditResampling(new RandomStream(1), 200, clusters));

        Estimate[] all = [.. All(audit, classification: true)];
        Assert.All(all, e => Assert.True(e.Upper > e.Lower, $"{e}"));
        Assert.All(all, e => Assert.True(e.ByClusters is null || e.ByClusters.Upper > e.ByClusters.Lower, $"{e}"));
        Assert.All(all, e => Assert.InRange(e.Value!.Value, e.Lower!.Value, e.Upper!.Value));
        Assert.NotNull(audit.Attributes[0].TprSd.ByClusters);
        // 10 of 10 positives in both groups: rates of 0.7 and 1, with an SD of 0.15, would still be possible.
        Assert.InRange(audit.Attributes[0].TprSd.Upper!.Value, .08, .17);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    public void Regression_OfRowsThatAllAgree_HasNoIntervalWithoutWidth(float error)
    {
        float[] y = [.. Enumerable.Range(0, 40).Select(i => (float)(i % 3))], predictions = Array.ConvertAll(y, v => v + error);
        int[] groups = [.. Enumerable.Range(0, 40).Select(i => i / 20)], clusters = [.. Enumerable.Range(0, 40).Select(i => i % 4)];
        SplitAudit audit = SplitAuditor.Regression(y, predictions, [new AttributeRows("s", ["a", "b"], groups)], [[.. y.Select(_ => .25f)]],
            new AuditResampling(new RandomStream(1), 200, clusters));

        foreach (Estimate e in All(audit, classification: false))
        {
            Assert.False(e.Upper <= e.Lower, $"{e}");
            Assert.False(e.ByClusters?.Upper <= e.ByClusters?.Lower, $"{e}");
        }

        // All 40 squared errors are the same: no other one is likelier than 1 - 0.025^(1/40) = 8.8%, and none exceeds 2 squared.
        double share = Math.Pow(.025, 1 / 40.0), mse = error * error;
        Assert.Equal((share * mse, share * mse + (1 - share) * 4), (audit.MeanSquaredError.Lower!.Value, audit.MeanSquaredError.Upper!.Value));
    }

    /// <summary>Of 20 independent pairs all are wins: the lower limit of Clopper and Pearson is 0.025^(1/20) = 0.8316.</summary>
    [Fact]
    public void Auroc_OfSeparatedRows_HasAOneSidedInterval()
    {
        float[] labels = [.. Enumerable.Range(0, 50).Select(i => i < 20 ? 1f : 0f)];
        Estimate perfect = Auroc.Of(labels, labels), reversed = Auroc.Of(Array.ConvertAll(labels, v => -v), labels), tied = Auroc.Of(new float[50], labels);

        Assert.Equal((1.0, 1.0), (perfect.Value, perfect.Upper));
        Assert.Equal(.8316, perfect.Lower!.Value, 4);
        Assert.Equal((0.0, 0.0), (reversed.Value, reversed.Lower));
        Assert.Equal(.1684, reversed.Upper!.Value, 4);
        Assert.Equal(.5, tied.Value);
        Assert.Equal((.4158, .5842), (Math.Round(tied.Lower!.Value, 4), Math.Round(tied.Upper!.Value, 4)));
    }

    /// <summary>Wilson gives [0.8389, 1] for 20 of 20; by square-and-add, 1 - sqrt(2) (1 - 0.8389) / 2 = 0.8861.</summary>
    [Fact]
    public void BalancedAccuracy_Of20Of20_IsNotCertain()
    {
        Estimate all = BalancedAccuracyInterval.Of(new(20, 0, 20, 0)), half = BalancedAccuracyInterval.Of(new(50, 100, 300, 50));

        Assert.Equal((1.0, 1.0), (all.Value, all.Upper));
        Assert.Equal(.8861, all.Lower!.Value, 4);
        // Newcombe's difference TPR - FPR of the same counts, halved and moved.
        Estimate difference = DifferenceInterval.Of(WilsonInterval.Rate(100, 400, "-"), WilsonInterval.Rate(50, 100, "-"));
        Assert.Equal((1 + difference.Lower!.Value) / 2, half.Lower!.Value, 12);
        Assert.Equal((1 + difference.Upper!.Value) / 2, half.Upper!.Value, 12);
    }

    [Fact]
    public void Mean_OfTheSameValues_IsNotCertain()
    {
        Estimate mean = StudentInterval.MeanWithin([.25, .25, .25, .25], 0, 1);
        double share = Math.Pow(.025, .25);
        Assert.Equal((.25 * share, .25 * share + 1 - share), (mean.Lower!.Value, mean.Upper!.Value));
        Assert.Null(StudentInterval.MeanWithin([0, 0, 0], 0, 0).Lower);
        Assert.Equal(StudentInterval.Mean([.2, .3, .4]), StudentInterval.MeanWithin([.2, .3, .4], 0, 1));
        Assert.Equal(0, StudentInterval.MeanWithin([0, 0, .4], 0, 1).Lower);
    }

    [Fact]
    public void InvertedInterval_OfASpreadWithinChance_Starts0AndHoldsTheCorrectedSd()
    {
        AttributeAudit audit = AttributeAudits.Classification("s", ["a", "b", "c"], [new(8, 0, 0, 12), new(12, 0, 0, 8), new(11, 0, 0, 9)],
            Estimate.None("-"), new AuditResampling(new RandomStream(2), 1000));

        Assert.Equal(0, audit.TprSd.Lower);
        Assert.True(audit.TprSd.Value < audit.NoiseFloor!.TprSd!.Percentile95 && audit.TprSd.Upper > audit.TprSd.Value);
        Assert.InRange(audit.Corrected!.TprSd.Value!.Value, 0, audit.TprSd.Value!.Value);
        Assert.Equal((audit.TprSd.Lower, audit.TprSd.Upper), (audit.Corrected.TprSd.Lower, audit.Corrected.TprSd.Upper));
    }

    /// <summary>Both ends of (1, 5) scaled by c with an offset, and no scale for a spread that the offset alone exceeds on the same side.</summary>
    [Theory]
    [InlineData("Sd")]
    [InlineData("MeanPairwise")]
    [InlineData("Range")]
    public void Scales_AreWhereTheSpreadReachesTheLimit(string name)
    {
        GroupMeasure measure = Enum.Parse<GroupMeasure>(name);
        var random = new RandomStream(5);
        foreach (int k in new[] { 2, 3, 5, 15 })
        {
            double[] d = [.. Enumerable.Range(0, k).Select(_ => random.NextNormal())], e = [.. d.Select(_ => random.NextNormal())];
            double limit = 1.2 * GroupMeasures.Of(measure, d), own = GroupMeasures.Of(measure, e);
            (double least, double most) = GroupMeasures.Scales(measure, d, GroupMeasures.Of(measure, d), e, own, limit);

            double At(double c) => GroupMeasures.Of(measure, [.. d.Zip(e, (x, y) => c * x + y)]);
            if (most == 0) Assert.All(Enumerable.Range(0, 300), i => Assert.True(At(i / 100.0) > limit - 1e-9));
            else Assert.Equal(limit, At(most), 9);
            if (least > 0) Assert.Equal(limit, At(least), 9);
            else if (most > 0) Assert.True(own <= limit + 1e-9);
        }
    }

    private static IEnumerable<Estimate> All(SplitAudit audit, bool classification) => MetricDescriptions.Of(MetricScope.Overall, classification).Select(m => MetricDescriptions.Read(audit, m.Id))
        .Concat(MetricDescriptions.AttributeNumbers(classification).Where(a => a.Counted == CountedGroups.All).Select(a => a.Read(audit.Attributes[0])))
        .Concat(audit.Attributes[0].Groups.SelectMany(g => MetricDescriptions.Of(MetricScope.Group, classification).Select(m => MetricDescriptions.Read(g, m.Id))))
        .Where(e => e.Value is not null);
}
