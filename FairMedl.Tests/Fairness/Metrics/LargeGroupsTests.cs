using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Fairness.Metrics;

public sealed class LargeGroupsTests
{
    // TPR .5, .7, .0; FPR .2, .3, .1; c has 3 positives, b 10 negatives.
    private static readonly ConfusionCounts[] Counts = [new(20, 10, 40, 20), new(70, 3, 7, 30), new(0, 20, 180, 3)];

    [Fact]
    public void Spreads_OverLargeGroups_CountEachRateByItsOwnDenominator()
    {
        AttributeAudit audit = Audit(new GroupMinimum(30));
        GroupSpreads large = audit.LargeGroups!;

        Assert.Equal(.1, large.TprSd.Value!.Value, 12);
        Assert.Equal(("2 of 3 groups", 140), (large.TprSd.Note, large.TprSd.N));
        Assert.Equal(.05, large.FprSd.Value!.Value, 12);
        Assert.Equal(.2, large.EqualizedOddsDifference.Value!.Value, 12);
        Assert.Equal(audit.AllGroups.DemographicParity.Value, large.DemographicParity.Value);
        Assert.Equal(Spread.PopulationSd([.5, .7, .0])!.Value, audit.TprSd.Value!.Value, 12);
    }

    /// <summary>A group of just the minimum counts.</summary>
    [Fact]
    public void Of_GroupsAroundTheMinimum_CountsThoseThatReachIt()
    {
        ConfusionCounts[] counts = [new(10, 9, 20, 19), new(10, 9, 20, 20), new(10, 9, 21, 20), new(1, 1, 1, 27)];
        LargeGroups large = LargeGroups.Of(counts, 30);

        Assert.Equal([false, true, true, false], large.Positives);
        Assert.Equal([false, false, true, false], large.Negatives);
        Assert.Equal([true, true, true, true], large.Rows);
        Assert.Equal([false, true, true], LargeGroups.Of((int[])[29, 30, 31], 30).Rows);
        Assert.False(large.AreAll);
        Assert.True(LargeGroups.All(3).AreAll);
    }

    [Theory]
    [InlineData(0, CountedGroups.All, 30)]
    [InlineData(30, CountedGroups.Large, 30)]
    [InlineData(4, CountedGroups.Large, 4)]
    public void Read_WithoutNamingGroups_ReadsThoseThatLead(int minimum, CountedGroups leading, int largeFrom)
    {
        AttributeAudit audit = Audit(new GroupMinimum(minimum), replicates: 50);

        Assert.Equal((leading, largeFrom), (audit.Leading, audit.MinimumCount));
        Assert.Equal(MetricDescriptions.Read(audit, "tpr_sd", leading), MetricDescriptions.Read(audit, "tpr_sd"));
        Assert.Equal(MetricDescriptions.Floor(audit, "tpr_sd", leading), MetricDescriptions.Floor(audit, "tpr_sd"));
        Assert.Equal(MetricDescriptions.Corrected(audit, "tpr_sd", leading), MetricDescriptions.Corrected(audit, "tpr_sd"));
        Assert.NotEqual(MetricDescriptions.Read(audit, "tpr_sd", CountedGroups.All), MetricDescriptions.Read(audit, "tpr_sd", CountedGroups.Large));
    }

    [Fact]
    public void Spreads_WithFewerThanTwoLargeGroups_AreUndefinedAndAllGroupsStay()
    {
        AttributeAudit audit = Audit(new GroupMinimum(100), replicates: 50);

        Assert.Equal("fewer than two groups have at least 100 positives", MetricDescriptions.Read(audit, "tpr_sd").Undefined);
        Assert.NotNull(audit.TprSd.Value);
        Verdict verdict = Verdict.Of(new ChangeEvidence(MetricDescriptions.Read(audit, "tpr_sd"), MetricDescriptions.Read(audit, "tpr_sd"), Small: SmallGroups.Of(audit, "tpr_sd")));
        Assert.Equal((VerdictKind.CannotJudge, VerdictBasis.SmallGroups), (verdict.Kind, verdict.Basis));
    }

    [Fact]
    public void SmallGroups_OfASpreadOverLargeGroups_AreNamedAsLeftOut()
    {
        SmallGroups left = SmallGroups.Of(Audit(new GroupMinimum(30)), "tpr_sd"), kept = SmallGroups.Of(Audit(default), "tpr_sd");

        Assert.Equal("one of three groups has fewer than 30 positives and is left out", left.Words);
        Assert.Equal("c (3 positives)", left.Named("tpr_sd").ToString());
        Assert.Equal((false, "one of three groups has fewer than 30 positives"), (kept.AreLeftOut, kept.Words));
    }

    [Fact]
    public void Verdict_OnASpreadOverLargeGroups_NeedsNoRuleForSmallGroups()
    {
        Estimate from = new(.2, Lower: .19, Upper: .21), to = new(.1, Lower: .09, Upper: .11);
        Verdict Of(GroupMinimum minimum) => Verdict.Of(new ChangeEvidence(from, to, Small: SmallGroups.Of(Audit(minimum), "tpr_sd"), LargeGroups: (.1, .2)));

        Assert.Equal(VerdictBasis.SmallGroups, Of(default).Basis);
        Assert.Equal(VerdictKind.ClearImprovement, Of(new GroupMinimum(30)).Kind);
    }

    /// <summary>By hand: p = 90 / 143 over all groups, mean of 1/n over 40, 100 and 3, (K - 1) / K = 2 / 3.</summary>
    [Fact]
    public void Corrected_OfRates_RemovesTheVarianceExpectedByChance()
    {
        AttributeAudit audit = Audit(new GroupMinimum(30));
        double p = 90 / 143.0, chance = p * (1 - p) * (1 / 40.0 + 1 / 100.0 + 1 / 3.0) / 3 * 2 / 3, sd = audit.TprSd.Value!.Value;
        double large = 90 / 140.0, chanceOfLarge = large * (1 - large) * (1 / 40.0 + 1 / 100.0) / 2 / 2;

        Assert.Equal(Math.Sqrt(sd * sd - chance), audit.Corrected!.TprSd.Value!.Value, 12);
        Assert.Equal(Math.Sqrt(.01 - chanceOfLarge), audit.LargeGroups!.Corrected!.TprSd.Value!.Value, 12);
        Assert.Equal(0, AttributeAudits.Classification("s", ["a", "b"], [new(10, 0, 0, 10), new(11, 0, 0, 9)], Estimate.None("-"), null).Corrected!.TprSd.Value);
    }

    /// <summary>The formula is the mean of SD² over simulated groups with equal rates, and over groups of equal squared errors.</summary>
    [Fact]
    public void Corrected_ByChance_IsTheMeanSquareOfSimulatedSds()
    {
        var random = new RandomStream(3);
        int[] groups = [.. Enumerable.Range(0, 60).Select(i => i < 10 ? 0 : i < 25 ? 1 : 2)];
        double raw = 0, corrected = 0;
        for (int r = 0; r < 3000; r++)
        {
            float[] errors = [.. groups.Select(_ => (float)random.NextNormal())];
            AttributeAudit audit = SplitAuditor.Regression(errors, new float[60], [new AttributeRows("s", ["a", "b", "c"], groups)]).Attributes[0];
            double sd = audit.MseSd.Value!.Value, own = audit.Corrected!.MseSd.Value!.Value;
            raw += sd * sd / 3000;
            // Below the mean by chance the corrected SD is 0; the mean of SD² - own² is the mean of what was removed or all of SD².
            corrected += (own > 0 ? sd * sd - own * own : 0) / 3000;
        }

        Assert.InRange(corrected, .2 * raw, raw);
        Assert.Equal(2 * (1 / 10.0 + 1 / 15.0 + 1 / 35.0) / 3 * 2 / 3, raw, .006);
    }

    [Fact]
    public void Classification_OfAFold_CountsTheGroupsThatItIsGiven()
    {
        float[] y = [1, 1, 1, 1, 1, 1];
        bool[] d = [true, false, true, true, false, false];
        AttributeRows rows = new("s", ["a", "b", "c"], [0, 0, 1, 1, 2, 2]) { Minimum = new GroupMinimum(30), Large = new LargeGroups(30, [true, true, false], [true, true, false], [true, true, false]) };

        AttributeAudit audit = SplitAuditor.Classification(y, new float[6], d, [rows]).Attributes[0];

        Assert.Equal(.25, MetricDescriptions.Read(audit, "tpr_sd").Value!.Value, 12);
        Assert.Null(MetricDescriptions.Read(SplitAuditor.Classification(y, new float[6], d, [rows with { Large = null }]).Attributes[0], "tpr_sd").Value);
    }

    [Fact]
    public void SeedAverage_KeepsLargeGroupsAndWhatLeads()
    {
        SplitAudit Of(int hits) => new(1, Estimate.None("-"), Estimate.None("-"), Estimate.None("-"), Estimate.None("-"),
            [AttributeAudits.Classification("s", ["a", "b", "c"], [new(hits, 10, 40, 40 - hits), .. Counts.Skip(1)], Estimate.None("-"), null, new GroupMinimum(30))]);

        AttributeAudit mean = SeedAverage.Over([Of(20), Of(24)]).Attributes[0];

        // SDs .1 and .05 over a and b.
        Assert.Equal(.075, MetricDescriptions.Read(mean, "tpr_sd").Value!.Value, 12);
        Assert.Equal((CountedGroups.Large, 30), (mean.Leading, mean.MinimumCount));
        Assert.NotNull(mean.LargeGroups!.Corrected!.TprSd.Value);
        Assert.NotNull(mean.Corrected!.FprSd.Value);
    }

    private static AttributeAudit Audit(GroupMinimum minimum, int replicates = 0) => AttributeAudits.Classification("s", ["a", "b", "c"], Counts, Estimate.None("not measured"),
        replicates == 0 ? null : new AuditResampling(new RandomStream(1), replicates), minimum);
}
