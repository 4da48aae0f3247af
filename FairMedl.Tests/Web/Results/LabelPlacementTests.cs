using FairMedl.Web.Results.Figures;
using Plotly.Blazor.Traces.ScatterLib;
using Xunit;

namespace FairMedl.Tests.Web.Results;

public sealed class LabelPlacementTests
{
    [Fact]
    public void Names_WithRoom_AreAtTheUpperRight() =>
        Assert.Equal([TextPositionEnum.TopRight, TextPositionEnum.TopRight], LabelPlacement.Of([new(100, 100, "MEDL"), new(300, 100, "NNet")], 600, 300));

    [Fact]
    public void Name_AtTheRightEdge_GoesToTheLeft() =>
        Assert.Equal([TextPositionEnum.TopLeft], LabelPlacement.Of([new(590, 100, "Fair(ADB) MEDL")], 600, 300));

    [Fact]
    public void Names_OfNeighbours_DoNotOverlap()
    {
        IReadOnlyList<TextPositionEnum>? corners = LabelPlacement.Of([new(100, 100, "MEDL"), new(108, 90, "NNet")], 600, 300);

        Assert.Equal([TextPositionEnum.TopRight, TextPositionEnum.BottomRight], corners);
    }

    [Fact]
    public void Name_AvoidsTheIntervalOfAnotherPoint_WherePossible()
    {
        var other = new NamedPoint(300, 112, "NNet") { Across = (100, 500) };

        Assert.Equal(TextPositionEnum.BottomRight, LabelPlacement.Of([new(150, 100, "MEDL"), other], 600, 300)![0]);
    }

    [Fact]
    public void Names_WithoutRoom_NeedTheLegend() =>
        Assert.Null(LabelPlacement.Of([.. Enumerable.Range(0, 6).Select(i => new NamedPoint(100 + i, 100 + i, "Fair(ADB) MEDL"))], 600, 300));
}
