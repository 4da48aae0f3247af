using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Reports.Figures;
using FairMedl.Tests.Web.Results;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Components.Disparity;
using FairMedl.Web.Results;
using FairMedl.Web.Results.Figures;
using Xunit;

namespace FairMedl.Tests.Web.Components.Disparity;

public sealed class DisparityChartTests
{
    private static DisparityFigure Figure()
    {
        var results = SampleResults.Create();
        results = results with
        {
            Audits = [.. results.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(x => x with { NoiseFloor = new NoiseFloor(new SpreadFloor(.01, .4), null, null, null) })] } })],
        };
        return ResultsTables.Figure(new ResultsChoice(results, new ResultsAddress { Study = 1 }))!;
    }

    private static ChartGrid Grid(DisparityFigure figure, int columns = 2) => DisparityChart.Of(figure, [.. new[] { "medl", "fair-adb-medl", "nnet" }.Select(SeriesStyle.OfModel)], isClassification: true, columns);

    [Fact]
    public void Figure_HasAPanelForEachMetricOfThePaper_WithEveryModel()
    {
        ChartGrid grid = Grid(Figure());

        Assert.Equal(4, grid.Panels.Count);
        Assert.Equal("Spread of the true positive rate (TPR SD)", grid.Panels[0].Title);
        Assert.All(grid.Panels, p => Assert.Equal(["MEDL", "Fair(ADB) MEDL", "NNet"], p.Traces.OfType<DotTrace>().Select(t => t.Name)));
        Assert.Equal([0, 1, 2], grid.Panels[0].Traces.OfType<DotTrace>().Select(t => t.Slot));
    }

    [Fact]
    public void Panel_HasARowForEachAttribute_ZeroInView_AndTheNoiseFloorAsBand()
    {
        Chart panel = Grid(Figure()).Panels[0];

        Assert.Equal(["Age", "Race"], panel.Y.Rows!.Select(r => r.Name));
        Assert.Equal(["3 groups", "2 of 3 groups"], panel.Y.Rows!.Select(r => r.Detail));
        Assert.True(panel.X.From < 0 && panel.X.To > .4);
        Assert.Equal([(0, 0, .4), (1, 0, .4)], panel.RowBands.Select(b => (b.Row, b.From, b.To)));
        Assert.Contains("within the noise floor of 0.400", panel.Traces.OfType<DotTrace>().First().Hover![0].Lines);
        Assert.Empty(Grid(Figure()).Panels[3].RowBands);
    }

    [Fact]
    public void NarrowPage_HasOneColumn() => Assert.Equal((4, 1), (Grid(Figure(), 1).Rows, Grid(Figure(), 1).Columns));
}
