using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using Xunit;

namespace FairMedl.Tests.Fairness.Tests;

public sealed class VerdictTests
{
    private static readonly SpreadFloor Floor = new(.01, .02);

    [Fact]
    public void Of_ALargeChangeWithAPairedTestThatDoesNotSupportIt_IsNoClearChange()
    {
        // Half the spread, intervals far apart, but over 30 folds p = 0.79.
        Verdict verdict = Verdict.Of(new ChangeEvidence(Narrow(.20), Narrow(.10), BaselineFloor: Floor, ComparedFloor: Floor, Test: Test(-.01, .79)));

        Assert.Equal((VerdictKind.NoClearChange, VerdictBasis.PairedTest), (verdict.Kind, verdict.Basis));
        Assert.Equal("paired test over 30 folds, Holm-adjusted p = 0.79", verdict.Reason.ToString());
        Assert.Equal("p = 0.79", verdict.ShortReason.ToString());
    }

    [Theory]
    [InlineData(.20, .10, -.09, BetterDirection.Lower, VerdictKind.ClearImprovement)]
    [InlineData(.10, .20, .09, BetterDirection.Lower, VerdictKind.ClearlyWorse)]
    [InlineData(.60, .80, .19, BetterDirection.Higher, VerdictKind.ClearImprovement)]
    [InlineData(.80, .60, -.19, BetterDirection.Higher, VerdictKind.ClearlyWorse)]
    public void Of_ASignificantTest_IsClearInItsDirection(double from, double to, double difference, BetterDirection better, VerdictKind kind)
    {
        // Overlapping intervals of the two models do not matter where a paired test over the same folds is significant.
        Verdict verdict = Verdict.Of(new ChangeEvidence(Wide(from), Wide(to), better, Test: Test(difference, .0004)));

        Assert.Equal((kind, "p < 0.001"), (verdict.Kind, verdict.ShortReason.ToString()));
    }

    [Fact]
    public void Of_ASignificantTestInTheOtherDirection_IsNoClearChange() =>
        Assert.Equal(VerdictKind.NoClearChange, Verdict.Of(new ChangeEvidence(Narrow(.20), Narrow(.10), Test: Test(.05, .001))).Kind);

    [Theory]
    [InlineData(TestOver.Seeds, 30)]
    [InlineData(TestOver.Folds, 4)]
    public void Of_ATestOverSeedsOrTooFewFolds_IsNoEvidence(TestOver over, int repetitions)
    {
        Verdict verdict = Verdict.Of(new ChangeEvidence(Wide(.20), Wide(.10), Test: Test(-.09, .0001, over, repetitions)));

        Assert.Equal((VerdictKind.NoClearChange, "95% intervals overlap"), (verdict.Kind, verdict.Reason.ToString()));
    }

    [Fact]
    public void Of_IntervalsApart_AreClearUnlessTheFoldsShowNoChange()
    {
        // After Holm p = .09, before it .03: the intervals decide. With p = .79 they do not.
        Verdict apart = Verdict.Of(new ChangeEvidence(Narrow(.20), Narrow(.10), Test: Test(-.09, .09)));

        Assert.Equal((VerdictKind.ClearImprovement, VerdictBasis.Intervals), (apart.Kind, apart.Basis));
        Assert.Equal("95% intervals do not overlap; paired test over 30 folds, Holm-adjusted p = 0.090", apart.Reason.ToString());
        Assert.Equal(VerdictKind.NoClearChange, Verdict.Of(new ChangeEvidence(Wide(.20), Wide(.10), Test: Test(-.09, .09))).Kind);
        Assert.Equal(VerdictKind.NoClearChange, Verdict.Of(new ChangeEvidence(Narrow(.20), Narrow(.10), Test: Test(.09, .09))).Kind);
        Assert.Equal(VerdictKind.NoClearChange, Verdict.Of(new ChangeEvidence(Narrow(.20), Narrow(.10), Test: Test(-.09, .30))).Kind);
    }

    [Fact]
    public void Of_IntervalsByClustersThatOverlap_AreNamedBesideTheTest()
    {
        ClusterInterval around2 = new(.12, .28, 12), around1 = new(.05, .13, 12);

        Verdict verdict = Verdict.Of(new ChangeEvidence(Narrow(.20) with { ByClusters = around2 }, Narrow(.10) with { ByClusters = around1 }, Test: Test(-.09, .09)));

        Assert.Equal(VerdictKind.NoClearChange, verdict.Kind);
        Assert.EndsWith("; 95% intervals by clusters overlap", verdict.Reason.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_IntervalsWithoutATest_MustBeApartByRowsAndByClusters()
    {
        ClusterInterval around2 = new(.12, .28, 12), around1 = new(.05, .13, 12);

        Assert.Equal(VerdictKind.ClearImprovement, Verdict.Of(new ChangeEvidence(Narrow(.20), Narrow(.10))).Kind);
        Assert.Equal("95% intervals overlap", Verdict.Of(new ChangeEvidence(Wide(.20), Wide(.10))).Reason.ToString());
        Assert.Equal("95% intervals by clusters overlap", Verdict.Of(new ChangeEvidence(Narrow(.20) with { ByClusters = around2 }, Narrow(.10) with { ByClusters = around1 })).Reason.ToString());
        Assert.Equal((VerdictKind.NoClearChange, VerdictBasis.None), Kind(new ChangeEvidence(new(.20), new(.10))));
    }

    [Fact]
    public void Of_TwoSpreadsBelowTheNoiseFloor_IsNoClearChangeRegardlessOfTheTest()
    {
        Assert.Equal(
            (VerdictKind.NoClearChange, VerdictBasis.NoiseFloor),
            Kind(new ChangeEvidence(new(.019), new(.004), BaselineFloor: Floor, ComparedFloor: Floor, Test: Test(-.01, .001))));
        Assert.Equal(VerdictKind.ClearImprovement, Verdict.Of(new ChangeEvidence(new(.05), new(.004), BaselineFloor: Floor, ComparedFloor: Floor, Test: Test(-.01, .001))).Kind);
    }

    [Fact]
    public void Of_ASmallChange_IsNotClear() =>
        Assert.Equal(
            (VerdictKind.NoClearChange, VerdictBasis.SmallChange),
            Kind(new ChangeEvidence(new(.100), new(.096), Test: Test(-.004, .001), LeastPercent: 5)));

    [Fact]
    public void Of_AnUndefinedValue_CannotBeJudged()
    {
        Verdict verdict = Verdict.Of(new ChangeEvidence(new(.1), Estimate.None("0 positives")));

        Assert.Equal((VerdictKind.CannotJudge, "undefined: 0 positives"), (verdict.Kind, verdict.Reason.ToString()));
        Assert.Equal(VerdictKind.CannotJudge, Verdict.Of(new ChangeEvidence(Estimate.None("0 positives"), new(.1))).Kind);
    }

    [Fact]
    public void Of_FewerThanTwoLargeGroups_CannotBeJudgedRegardlessOfTheTest()
    {
        Verdict verdict = Verdict.Of(new ChangeEvidence(Narrow(.20), Narrow(.10), Test: Test(-.09, .001), Small: Small(total: 3, small: 2)));

        Assert.Equal((VerdictKind.CannotJudge, "two of three groups have fewer than 30 positives"), (verdict.Kind, verdict.Reason.ToString()));
    }

    [Fact]
    public void Of_AChangeThatComesFromSmallGroupsAlone_IsNotClear()
    {
        var evidence = new ChangeEvidence(Narrow(.20), Narrow(.10), Test: Test(-.09, .001), Small: Small(total: 5, small: 2), LargeGroups: (.04, .05));

        Assert.Equal((VerdictKind.NoClearChange, VerdictBasis.SmallGroups), Kind(evidence));
        Verdict shared = Verdict.Of(evidence with { LargeGroups = (.15, .08) });
        Assert.Equal(VerdictKind.ClearImprovement, shared.Kind);
        Assert.Equal("two of five groups have fewer than 30 positives", shared.SmallGroups);
    }

    private static (VerdictKind, VerdictBasis) Kind(ChangeEvidence evidence) => (Verdict.Of(evidence).Kind, Verdict.Of(evidence).Basis);

    private static Estimate Narrow(double value) => new(value, Lower: value - .01, Upper: value + .01);

    private static Estimate Wide(double value) => new(value, Lower: value - .11, Upper: value + .11);

    private static AdjustedTest Test(double difference, double p, TestOver over = TestOver.Folds, int repetitions = 30) =>
        new(new PairedTest(repetitions, difference, difference - .01, difference + .01, 2, repetitions - 1, p / 3, 1), p, over);

    private static SmallGroups Small(int total, int small) => new([.. Enumerable.Range(0, small).Select(g => GroupOf($"g{g}", 3))], total, "positives");

    private static GroupAudit GroupOf(string name, int positives)
    {
        Estimate none = Estimate.None("not measured");
        return new GroupAudit(name, 2 * positives, positives, positives, none, none, none, none, none, none);
    }
}
