using FairMedl.Core.Fairness.Metrics;
using Xunit;

namespace FairMedl.Tests.Fairness.Metrics;

public sealed class SeedAverageTests
{
    private static readonly AttributeRows Rows = new("s", ["a", "b"], [0, 0, 0, 1, 1, 1]);

    [Fact]
    public void Over_ThreeRepetitions_IsTheMeanWithStudentsInterval()
    {
        SplitAudit[] audits = [With(new(.7)), With(new(.8)), With(new(.9))];
        Estimate mean = SeedAverage.Over(audits).BalancedAccuracy;
        Assert.Equal(.8, mean.Value!.Value, 12);
        // t(2) = 4.302653, s = .1, n = 3.
        Assert.Equal(.8 - 4.302653 * .1 / Math.Sqrt(3), mean.Lower!.Value, 6);
        Assert.Equal(1, mean.Upper);
    }

    [Fact]
    public void Over_TwoSeedsOrFoldModels_KeepTheMeanOfTheirOwnIntervals()
    {
        // t with one degree of freedom would reach from .2 to 1; the folds' models are no independent repetitions.
        SplitAudit[] two = [With(new(.70, Lower: .6, Upper: .8)), With(new(.80, Lower: .7, Upper: .9))];
        Estimate seeds = SeedAverage.Over(two).BalancedAccuracy, folds = SeedAverage.Over([.. two, With(new(.90, Lower: .88, Upper: .92))], Repetition.FoldModel).BalancedAccuracy;
        Assert.Equal((.65, .85), (Math.Round(seeds.Lower!.Value, 12), Math.Round(seeds.Upper!.Value, 12)));
        Assert.Equal((.7266667, .8733333), (Math.Round(folds.Lower!.Value, 7), Math.Round(folds.Upper!.Value, 7)));
        Assert.Null(SeedAverage.Over([With(new(.7)), With(new(.8))]).BalancedAccuracy.Lower);
    }

    [Fact]
    public void Over_RepetitionsWithWiderIntervals_IsNotNarrowerThanTheirMean()
    {
        Estimate mean = SeedAverage.Over([With(new(.80, Lower: .7, Upper: .9)), With(new(.80, Lower: .72, Upper: .88)), With(new(.80, Lower: .71, Upper: .89))]).BalancedAccuracy;
        Assert.Equal(.71, mean.Lower!.Value, 12);
        Assert.Equal(.89, mean.Upper!.Value, 12);
    }

    [Fact]
    public void Over_UndefinedInSome_UsesTheOthersAndNotesTheirNumber()
    {
        Estimate mean = SeedAverage.Over([With(new(.7)), With(Estimate.None("0 positives")), With(new(.9, Note: "3 of 4 groups"))]).BalancedAccuracy;
        Assert.Equal(.8, mean.Value!.Value, 12);
        Assert.Equal("defined in 2 of 3 repetitions; 3 of 4 groups", mean.Note);
    }

    [Fact]
    public void Over_UndefinedInAll_StaysUndefinedWithItsReason()
    {
        Estimate mean = SeedAverage.Over([With(Estimate.None("0 positives")), With(Estimate.None("0 positives"))]).BalancedAccuracy;
        Assert.Null(mean.Value);
        Assert.Equal("0 positives", mean.Undefined);
    }

    [Fact]
    public void Over_OneRepetition_ReturnsIt()
    {
        SplitAudit audit = With(new(.7, Lower: .6, Upper: .8));
        Assert.Same(audit, SeedAverage.Over([audit]));
    }

    [Fact]
    public void Over_Groups_AveragesEach()
    {
        SplitAudit first = Audit([true, true, false, true, false, false]), second = Audit([true, false, false, true, true, false]);
        GroupAudit mean = SeedAverage.Over([first, second]).Attributes[0].Groups[0];
        Assert.Equal((3, 2, 1), (mean.N, mean.Positives, mean.Negatives));
        Assert.Equal(.75, mean.TruePositiveRate.Value!.Value, 12);
        // Wilson's intervals of 2 of 2 and 1 of 2, averaged.
        Assert.Equal((.3424 + .0945) / 2, mean.TruePositiveRate.Lower!.Value, .0005);
        Assert.Equal((1 + .9055) / 2, mean.TruePositiveRate.Upper!.Value, .0005);
    }

    [Fact]
    public void Over_DifferentGroups_Throws()
    {
        SplitAudit first = Audit([true, true, false, true, false, false]);
        SplitAudit other = first with { Attributes = [first.Attributes[0] with { Groups = [first.Attributes[0].Groups[0]] }] };
        Assert.Throws<ArgumentException>(() => SeedAverage.Over([first, other]));
        Assert.Throws<ArgumentException>(() => SeedAverage.Over([]));
    }

    private static SplitAudit Audit(bool[] decisions) =>
        SplitAuditor.Classification([1, 1, 0, 1, 0, 0], Array.ConvertAll(decisions, d => d ? 1f : 0f), decisions, [Rows]);

    private static SplitAudit With(Estimate balanced) => Audit([true, true, false, true, false, false]) with { BalancedAccuracy = balanced };
}
