using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using Xunit;

namespace FairMedl.Tests.Interpretation;

public sealed class PermutationRankingTests
{
    [Fact]
    public void Of_Classification_IsTheMeanOfBothClassesWithAPairedInterval()
    {
        // 12 of 100 positives become wrong and 2 correct, 5 of 50 negatives become wrong.
        Estimate drop = PermutationRanking.Of([new(100, 10, 14), new(50, 5, 5)]);
        Assert.Equal((0.1 + 0.1) / 2, drop.Value!.Value, 12);
        double variance = (15 - 100 / 102.0) / (102 * 102) + (6 - 25 / 52.0) / (52 * 52);
        Assert.Equal(0.1 - 1.959963984540054 / 2 * Math.Sqrt(variance), drop.Lower!.Value, 12);
        Assert.Equal(0.1 + 1.959963984540054 / 2 * Math.Sqrt(variance), drop.Upper!.Value, 12);
        Assert.Equal(150, drop.N);
        Assert.Null(drop.Note);
    }

    [Fact]
    public void Of_NoDecisionChanged_IsZeroWithinAnIntervalOfSomeWidth()
    {
        Estimate drop = PermutationRanking.Of([new(100, 0, 0), new(100, 0, 0)]);
        Assert.Equal(0, drop.Value);
        Assert.Equal("no decision changed", drop.Note);
        Assert.InRange(drop.Lower!.Value, -0.02, -0.01);
        Assert.InRange(drop.Upper!.Value, 0.01, 0.02);
    }

    [Fact]
    public void Of_Regression_HasStudentsInterval()
    {
        // Changes 1, 2, 3, 6: mean 3, sample SD sqrt(14 / 3).
        Estimate rise = PermutationRanking.Of([new(4, 12, 50)]);
        Assert.Equal(3, rise.Value);
        Assert.Equal(3 - 3.182446 * Math.Sqrt(14 / 3.0) / 2, rise.Lower!.Value, 5);
        Assert.Equal(3 + 3.182446 * Math.Sqrt(14 / 3.0) / 2, rise.Upper!.Value, 5);
    }

    [Fact]
    public void Of_NoPredictionChanged_IsZeroWithoutAnInterval() =>
        Assert.Equal(new Estimate(0, N: 9, Note: "no prediction changed"), PermutationRanking.Of([new(9, 0, 0)]));

    [Fact]
    public void Of_AClassWithoutRows_IsUndefinedWithTheReason() =>
        Assert.Equal("0 negatives", PermutationRanking.Of([new(9, 1, 1), new(0, 0, 0)]).Undefined);

    [Fact]
    public void Over_FoldsOfASeed_ArePooledAndRankedWithTheLargestFirst()
    {
        IReadOnlyList<PermutationImportance> ranked = PermutationRanking.Over([
            Fit(1, 0, ("a", new(10, 1, 1), new(30, 3, 3)), ("b", new(10, 5, 5), new(30, 3, 3))),
            Fit(1, 1, ("a", new(30, 1, 1), new(10, 0, 0)), ("b", new(30, 5, 5), new(10, 3, 3))),
        ])!;
        Assert.Equal([("b", 1), ("a", 2)], ranked.Select(c => (c.Column, c.Rank)));
        // Pooled: b (10/40 + 6/40) / 2, a (2/40 + 3/40) / 2; a mean over the folds would give another value.
        Assert.Equal(0.2, ranked[0].Change.Value!.Value, 12);
        Assert.Equal(0.0625, ranked[1].Change.Value!.Value, 12);
        Assert.Equal(80, ranked[0].Change.N);
    }

    [Fact]
    public void Over_ThreeSeeds_IsNeverNarrowerThanTheirOwnIntervals()
    {
        FitResult[] fits = [.. Enumerable.Range(1, 3).Select(seed => Fit((ulong)seed, 0, ("a", new(100, 10, 10), new(100, 10, 10))))];
        Estimate own = PermutationRanking.Of([new(100, 10, 10), new(100, 10, 10)]), all = PermutationRanking.Over(fits)!.Single().Change;
        Assert.Equal(own.Value!.Value, all.Value!.Value, 12);
        Assert.Equal((own.Lower, own.Upper), (all.Lower, all.Upper));
    }

    [Fact]
    public void Over_SeedsInWhichNoPredictionChanged_HasNoInterval()
    {
        FitResult[] fits = [.. Enumerable.Range(1, 3).Select(seed => Fit((ulong)seed, 0) with { Permutation = [new("a", false, [new(9, 0, 0)])] })];
        Assert.Equal(new Estimate(0, N: 9, Note: "no prediction changed"), PermutationRanking.Over(fits)!.Single().Change);
    }

    [Fact]
    public void Over_AFitWithoutPermutation_IsNull()
    {
        FitResult with = Fit(1, 0, ("a", new(10, 1, 1), new(30, 3, 3)));
        Assert.Null(PermutationRanking.Over([with, with with { Permutation = null }]));
        Assert.NotNull(PermutationRanking.Over([with]));
    }

    private static FitResult Fit(ulong seed, int fold, params (string Column, ChangeSums Positives, ChangeSums Negatives)[] columns) =>
        Fits.Of(fold, ("a", 1f)) with
        {
            Key = new FitKey("nnet", seed, fold),
            Permutation = [.. columns.Select(c => new ColumnPermutation(c.Column, false, [c.Positives, c.Negatives]))],
        };
}
