using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using Xunit;

namespace FairMedl.Tests.Interpretation;

public sealed class ImportanceRankingTests
{
    [Fact]
    public void Over_ThreeFits_RanksByTheMedianNotTheMean()
    {
        ImportanceResult result = ImportanceRanking.Over("nnet", [
            Fits.Of(0, ("a", 1f), ("b", 2f)),
            Fits.Of(1, ("a", 1f), ("b", .1f)),
            Fits.Of(2, ("a", 90f), ("b", 2f)),
        ]);
        Assert.Equal(["b", "a"], result.Features.Select(f => f.Feature));
        Assert.Equal([2.0, 1.0], result.Features.Select(f => f.Importance));
        Assert.Equal([1, 2], result.Features.Select(f => f.Rank));
        // b is first in the first fit only.
        Assert.Equal((2.0, 1, 2), (result.Features[0].MedianRank, result.Features[0].BestRank!.Value, result.Features[0].WorstRank!.Value));
    }

    [Fact]
    public void Over_LevelThatAFoldLacks_CountsAsZeroThereAndIsMatchedByName()
    {
        ImportanceResult result = ImportanceRanking.Over("nnet", [
            Fits.Of(0, ("race = A", 4f), ("race = B", 1f), ("hours", 2f)),
            Fits.Of(1, ("race = B", 1f), ("hours", 2f)),
        ]);
        Assert.Equal(2.0, result.Features.Single(f => f.Feature == "race = A").Importance);
        Assert.Equal(1.0, result.Features.Single(f => f.Feature == "race = B").Importance);
        Assert.Equal(2.0, result.Features.Single(f => f.Feature == "hours").Importance);
        Assert.Equal(3, result.Features.Single(f => f.Feature == "race = A").WorstRank);
    }

    [Fact]
    public void Over_Levels_AreSummedByColumnWithinEachFit()
    {
        ImportanceResult result = ImportanceRanking.Over("nnet", [
            Fits.Of(0, ("race = A", 3f), ("race = B", 0f), ("hours", 2f)),
            Fits.Of(1, ("race = A", 0f), ("race = B", 3f), ("hours", 2f)),
            Fits.Of(2, ("race = A", 0f), ("race = B", 3f), ("hours", 2f)),
        ]);
        // The median of the sums, 3, not the sum of the medians (0 + 3): A alone is 0.
        Assert.Equal([("race", 3.0, 1), ("hours", 2.0, 2)], result.Columns!.Select(c => (c.Column, c.Importance, c.Rank)));
    }

    [Fact]
    public void Over_OrderOfFits_ChangesNothing()
    {
        FitResult[] fits = [Fits.Of(0, ("a", 1f), ("b", 2f)), Fits.Of(1, ("a", 3f), ("b", 1f)), Fits.Of(2, ("a", 2f), ("b", 5f))];
        Assert.Equal(ImportanceRanking.Over("m", fits).Features, ImportanceRanking.Over("m", [fits[2], fits[0], fits[1]]).Features);
    }

    [Fact]
    public void Over_Probe_StaysMarked()
    {
        FitResult fit = Fits.Of(0, ("hours", 1f), ("probe r", 2f)) with { };
        fit = fit with { Layout = new EncodedLayout([fit.Layout.Features[0], fit.Layout.Features[1] with { IsProbe = true }], []) };
        ImportanceResult result = ImportanceRanking.Over("nnet", [fit]);
        Assert.Equal(("probe r", true, 1), (result.Features[0].Feature, result.Features[0].IsProbe, result.Features[0].Rank));
        Assert.True(result.Columns![0].IsProbe);
    }

    [Fact]
    public void Over_ImportanceOfDifferentLength_Throws() =>
        Assert.Throws<ArgumentException>(() => ImportanceRanking.Over("nnet", [Fits.Of(0, ("a", 1f)) with { Importance = [1, 2] }]));

    /// <summary>A rare level with a large gradient is behind a number with a small one once both are per SD.</summary>
    [Fact]
    public void Over_FitsWithSds_IsTheGradientTimesTheSd()
    {
        ImportanceResult result = ImportanceRanking.Over("nnet", [
            Fits.Of(0, ("country = A", 8f), ("country = B", 2f), ("hours", 3f)) with { FeatureSd = [.125f, .5f, 1] },
            Fits.Of(1, ("country = A", 8f), ("country = B", 2f), ("hours", 3f)) with { FeatureSd = [.25f, .5f, 1] },
            Fits.Of(2, ("country = A", 8f), ("country = B", 2f), ("hours", 3f)) with { FeatureSd = [.25f, .5f, .5f] },
        ]);
        Assert.Equal(ImportanceScale.StandardDeviation, result.Scale);
        // In each fit: A 1, 2, 2; B 1; hours 3, 3, 1.5.
        Assert.Equal([("hours", 3.0, 3.0), ("country = A", 2.0, 8.0), ("country = B", 1.0, 2.0)], result.Features.Select(f => (f.Feature, f.Importance, f.PerUnit!.Value)));
        // The column's levels per SD summed: 2, 3, 3.
        Assert.Equal([("country", 3.0), ("hours", 3.0)], result.Columns!.Select(c => (c.Column, c.Importance)));
    }

    [Fact]
    public void Over_AFitWithoutSds_IsRankedPerEncodedUnitInAllFits()
    {
        ImportanceResult result = ImportanceRanking.Over("nnet", [
            Fits.Of(0, ("a", 8f), ("b", 3f)) with { FeatureSd = [.125f, 1] }, Fits.Of(1, ("a", 8f), ("b", 3f))]);
        Assert.Equal(ImportanceScale.EncodedUnit, result.Scale);
        Assert.Equal([8.0, 3.0], result.Features.Select(f => f.Importance));
    }

    [Fact]
    public void ProbeShare_IsThatOfTheSumOfColumns()
    {
        var result = new ImportanceResult("nnet", [], [new("a", false, 6, 1), new("probe r", true, 3, 2), new("b", false, 1, 3)]);
        Assert.Equal(0.3, result.ProbeShare!.Value, 12);
        Assert.Null((result with { Columns = [new("a", false, 6, 1)] }).ProbeShare);
    }
}
