using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Fairness.Metrics;

public sealed class SplitAuditorTests
{
    [Fact]
    public void Classification_PermutedRowsAndGroups_ChangeNoValue()
    {
        (float[] y, float[] p, bool[] d, AttributeRows rows, float[] flips) = Sample(400, 4);
        SplitAudit audit = SplitAuditor.Classification(y, p, d, [rows], [flips]);
        int[] order = Enumerable.Range(0, y.Length).ToArray();
        new RandomStream(9).Shuffle(order.AsSpan());
        int[] rename = [2, 0, 3, 1];
        var permuted = new AttributeRows("s", ["b", "d", "a", "c"], order.Select(i => rename[rows.Groups[i]]).ToArray());
        SplitAudit other = SplitAuditor.Classification(Pick(y, order), Pick(p, order), Pick(d, order), [permuted], [Pick(flips, order)]);
        Assert.Equal(audit.Auroc, other.Auroc);
        Assert.Equal(audit.BalancedAccuracy, other.BalancedAccuracy);
        foreach (string id in MetricDescriptions.Of(MetricScope.Attribute, classification: true).Select(m => m.Id))
            Assert.Equal(MetricDescriptions.Read(audit.Attributes[0], id).Value!.Value, MetricDescriptions.Read(other.Attributes[0], id).Value!.Value, 12);
        for (int g = 0; g < 4; g++) Assert.Equal(audit.Attributes[0].Groups[g] with { Group = "" }, other.Attributes[0].Groups[rename[g]] with { Group = "" });
    }

    [Fact]
    public void Classification_SameStream_GivesTheSameIntervals()
    {
        (float[] y, float[] p, bool[] d, AttributeRows rows, float[] flips) = Sample(500, 3);
        SplitAudit Run() => SplitAuditor.Classification(y, p, d, [rows], [flips], new AuditResampling(new RandomStream(6), 300));
        AttributeAudit first = Run().Attributes[0], second = Run().Attributes[0];
        Assert.Equal(first.TprSd, second.TprSd);
        Assert.Equal(first.NoiseFloor, second.NoiseFloor);
        Assert.NotNull(first.TprSd.Lower);
    }

    [Fact]
    public void Classification_OrderOfAttributes_DoesNotMoveTheirIntervals()
    {
        (float[] y, float[] p, bool[] d, AttributeRows rows, _) = Sample(500, 3);
        AttributeRows other = Sample(500, 2).Rows with { Name = "t" };
        AuditResampling Resampling() => new(new RandomStream(6), 200);
        SplitAudit ab = SplitAuditor.Classification(y, p, d, [rows, other], null, Resampling()), ba = SplitAuditor.Classification(y, p, d, [other, rows], null, Resampling());
        Assert.Equal(ab.Attributes[0].TprSd, ba.Attributes[1].TprSd);
        Assert.Equal(ab.Attributes[1].DemographicParity, ba.Attributes[0].DemographicParity);
    }

    [Fact]
    public void Classification_ManyRows_HaveTheIntervalOfTheNormalDistribution()
    {
        // Two groups of 4,000 and 1,000 positives: the SD is |difference| / 2, far from 0, with the standard error of the difference / 2.
        int[] hits = [2000, 700], sizes = [4000, 1000];
        int[] groups = [.. sizes.SelectMany((n, g) => Enumerable.Repeat(g, n))];
        bool[] d = [.. sizes.SelectMany((n, g) => Enumerable.Range(0, n).Select(i => i < hits[g]))];
        Estimate sd = SplitAuditor.Classification([.. groups.Select(_ => 1f)], new float[5000], d, [new AttributeRows("s", ["a", "b"], groups)], null, new AuditResampling(new RandomStream(6), 4000)).Attributes[0].TprSd;
        double error = Math.Sqrt(.25 / 4000 + .21 / 1000) / 2;
        Assert.Equal(.1, sd.Value!.Value, 12);
        Assert.Equal(.1 - 1.96 * error, sd.Lower!.Value, .0008);
        Assert.Equal(.1 + 1.96 * error, sd.Upper!.Value, .0008);
    }

    [Fact]
    public void Classification_BootstrapInterval_ContainsTheValueEvenForEqualRates()
    {
        // Every group has a TPR of exactly .5: the SD is 0, resamples are not.
        float[] y = Enumerable.Repeat(1f, 24).ToArray();
        bool[] d = Enumerable.Range(0, 24).Select(i => i % 2 == 0).ToArray();
        var rows = new AttributeRows("s", ["a", "b", "c"], Enumerable.Range(0, 24).Select(i => i / 8).ToArray());
        Estimate sd = SplitAuditor.Classification(y, new float[24], d, [rows], null, new AuditResampling(new RandomStream(2), 500)).Attributes[0].TprSd;
        Assert.Equal(0, sd.Value);
        Assert.Equal(0, sd.Lower);
        Assert.True(sd.Upper > .1);
    }

    [Fact]
    public void Classification_EmptyAndOneClassGroups_GiveTheReason()
    {
        var rows = new AttributeRows("s", ["a", "b", "none", "no negatives"], [0, 0, 1, 1, 3]);
        AttributeAudit audit = SplitAuditor.Classification([1, 0, 1, 0, 1], [.9f, .2f, .4f, .6f, .7f], [true, false, false, true, true], [rows], null, new AuditResampling(new RandomStream(1), 100)).Attributes[0];
        Assert.Equal("0 rows", audit.Groups[2].SelectionRate.Undefined);
        Assert.Equal("0 negatives", audit.Groups[3].FalsePositiveRate.Undefined);
        Assert.Equal("2 of 4 groups", audit.FprSd.Note);
        Assert.Equal("3 of 4 groups", audit.TprSd.Note);
        Assert.Equal("2 of 4 groups", audit.EqualizedOddsDifference.Note);
        Assert.Equal("not measured", audit.CounterfactualFairness.Undefined);
    }

    [Fact]
    public void Classification_OneGroup_LeavesSpreadsUndefined()
    {
        AttributeAudit audit = SplitAuditor.Classification([1, 0], [.9f, .1f], [true, false], [new AttributeRows("s", ["a"], [0, 0])], [[0, 0]], new AuditResampling(new RandomStream(1), 50)).Attributes[0];
        Assert.Null(audit.TprSd.Value);
        Assert.Equal("1 of 1 groups defined", audit.TprSd.Undefined);
        Assert.Equal("fewer than two groups", audit.CounterfactualFairness.Undefined);
        Assert.Null(audit.NoiseFloor!.TprSd);
    }

    [Fact]
    public void Classification_NothingSelected_RatioIsUndefined()
    {
        AttributeAudit audit = SplitAuditor.Classification([1, 0], [.1f, .1f], [false, false], [new AttributeRows("s", ["a", "b"], [0, 1])]).Attributes[0];
        Assert.Equal("no group is selected", audit.DemographicParityRatio.Undefined);
        Assert.Equal(0, audit.DemographicParity.Value);
    }

    [Fact]
    public void Classification_AttributeThatIsNotAFeature_HasCounterfactualZeroAndANote()
    {
        Estimate cf = SplitAuditor.Classification([1, 0], [.9f, .1f], [true, false], [new AttributeRows("s", ["a", "b"], [0, 1])], [[]]).Attributes[0].CounterfactualFairness;
        Assert.Equal((0.0, "not a feature"), (cf.Value!.Value, cf.Note));
    }

    [Fact]
    public void Classification_NoRows_IsUndefinedThroughout()
    {
        SplitAudit audit = SplitAuditor.Classification([], [], [], [new AttributeRows("s", ["a", "b"], [])], [[]], new AuditResampling(new RandomStream(1), 50));
        Assert.All(MetricDescriptions.Of(MetricScope.Overall, true), m => Assert.Null(MetricDescriptions.Read(audit, m.Id).Value));
        Assert.All(MetricDescriptions.Of(MetricScope.Attribute, true), m => Assert.Null(MetricDescriptions.Read(audit.Attributes[0], m.Id).Value));
    }

    [Fact]
    public void Classification_LengthsThatDiffer_Throw()
    {
        Assert.Throws<ArgumentException>(() => SplitAuditor.Classification([1, 0], [.5f], [true, true], []));
        Assert.Throws<ArgumentException>(() => SplitAuditor.Classification([1, 0], [.5f, .5f], [true], []));
        Assert.Throws<ArgumentException>(() => SplitAuditor.Classification([1, 0], [.5f, .5f], [true, true], [new AttributeRows("s", ["a"], [0])]));
        Assert.Throws<ArgumentException>(() => SplitAuditor.Classification([1, 0], [.5f, .5f], [true, true], [new AttributeRows("s", ["a"], [0, 0])], [[.1f]]));
    }

    [Fact]
    public void Regression_Resampled_HasIntervalsAndFloors()
    {
        var random = new RandomStream(3);
        int[] groups = Enumerable.Range(0, 900).Select(_ => random.NextInt(3)).ToArray();
        float[] targets = groups.Select(g => (float)(g + random.NextNormal())).ToArray(), predictions = groups.Select(g => g * 1f).ToArray();
        AttributeAudit audit = SplitAuditor.Regression(targets, predictions, [new AttributeRows("s", ["a", "b", "c"], groups)], null, new AuditResampling(new RandomStream(5), 500)).Attributes[0];
        Assert.True(audit.MseSd.Lower <= audit.MseSd.Value && audit.MseSd.Value <= audit.MseSd.Upper);
        Assert.Equal(4.0 / 3, audit.DemographicParity.Value!.Value, 9);
        Assert.True(audit.NoiseFloor!.DemographicParity!.Percentile95 < .3);
        Assert.InRange(audit.NoiseFloor.MseSd!.Mean, .01, .2);
    }

    [Fact]
    public void Regression_PredictionNotANumber_Throws() =>
        Assert.Throws<ArgumentException>(() => SplitAuditor.Regression([1, 2], [1, float.NaN], []));

    private static T[] Pick<T>(T[] values, int[] order) => Array.ConvertAll(order, i => values[i]);

    private static (float[] Labels, float[] Probabilities, bool[] Decisions, AttributeRows Rows, float[] Flips) Sample(int n, int k)
    {
        var random = new RandomStream(21);
        int[] groups = Enumerable.Range(0, n).Select(_ => random.NextInt(k)).ToArray();
        float[] labels = groups.Select(g => random.NextDouble() < .3 + .1 * g ? 1f : 0f).ToArray();
        float[] probabilities = labels.Select((y, i) => (float)Math.Clamp(.35 + .25 * y + .05 * groups[i] + .2 * random.NextNormal(), 0, 1)).ToArray();
        return (labels, probabilities, Array.ConvertAll(probabilities, p => p >= .5f),
            new AttributeRows("s", Enumerable.Range(0, k).Select(g => $"{(char)('a' + g)}").ToArray(), groups), Array.ConvertAll(probabilities, p => p / 10));
    }
}
