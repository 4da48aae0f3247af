using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;
using Xunit;

namespace FairMedl.Tests.Web.Components.Charts.Traces;

public sealed class FoldCurvesTests
{
    private static readonly SeriesStyle Style = SeriesStyle.OfModel("medl");

    [Fact]
    public void Lines_OfFitsAndTheirMean_AreThinAndBold()
    {
        LineTrace[] lines = [.. FoldCurves.Of("MEDL", Style, [new("fold 1", [1, 2], [.4, .2]), new("fold 2", [1, 2, 3], [.6, .4, .1])]).Cast<LineTrace>()];

        Assert.Equal([LineWeight.Thin, LineWeight.Thin, LineWeight.Bold], lines.Select(l => l.Weight));
        Assert.Equal(["MEDL, fold 1", "MEDL, fold 2", "MEDL, mean of 2 fits"], lines.Select(l => l.Tip));
        Assert.Equal([.5, .3, .1], lines[2].Y.Select(y => Math.Round(y!.Value, 12)));
        Assert.All(lines[..2], l => Assert.Equal("MEDL", l.Group));
    }

    [Fact]
    public void SingleFit_IsBoldItself() =>
        Assert.Equal((LineWeight.Bold, "MEDL, fold 3"), FoldCurves.Of("MEDL", Style, [new("fold 3", [1], [.4])]).Cast<LineTrace>().Select(l => (l.Weight, l.Tip)).Single());

    [Fact]
    public void Mean_LeavesOutEpochsWithoutALoss() =>
        Assert.Equal([.4], FoldCurves.Mean([new("fold 1", [1, 2], [.4, null])]).Losses);
}
