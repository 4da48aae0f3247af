using Bunit;
using FairMedl.Web.Components.Charts;
using Xunit;

namespace FairMedl.Tests.Web.Components.Charts;

public sealed class PlotlyChartTests : BunitContext
{
    private static readonly Chart Bars = new() { Title = "TPR by group", X = new("Group"), Y = new("TPR"), Traces = [new BarTrace("TPR", ["a"], [.5], "var(--fm-series-1)")] };

    [Fact]
    public void Chart_WithPlotly_HidesItsTableBehindADisclosure()
    {
        JSInterop.SetupModule("./js/charts.js").Setup<bool>("draw", _ => true).SetResult(true);

        IRenderedComponent<PlotlyChart> chart = Show(Bars);

        Assert.Equal("bars of TPR", chart.Find("[role=img]").GetAttribute("aria-label"));
        Assert.False(chart.Find("details").HasAttribute("open"));
        Assert.Empty(chart.FindAll("[data-testid=chart-missing]"));
    }

    [Fact]
    public void Chart_WithoutPlotly_SaysSoAndShowsTheTable()
    {
        JSInterop.SetupModule("./js/charts.js").Setup<bool>("draw", _ => true).SetResult(false);

        IRenderedComponent<PlotlyChart> chart = Show(Bars);

        chart.WaitForElement("[data-testid=chart-missing]");
        Assert.True(chart.Find("details").HasAttribute("open"));
        Assert.Contains("the numbers", chart.Find("details").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Chart_RenderedAgainWithTheSameFigure_IsNotDrawnAgain()
    {
        BunitJSModuleInterop module = JSInterop.SetupModule("./js/charts.js");
        module.Setup<bool>("draw", _ => true).SetResult(true);

        IRenderedComponent<PlotlyChart> chart = Show(Bars);
        chart.Render();
        Assert.Single(module.Invocations["draw"]);

        chart.Render(p => p.Add(c => c.Chart, Bars with { Height = 500 }));
        Assert.Equal(2, module.Invocations["draw"].Count);
    }

    private IRenderedComponent<PlotlyChart> Show(Chart chart) => Render<PlotlyChart>(p => p
        .Add(c => c.Chart, chart)
        .Add(c => c.Label, "bars of TPR")
        .Add(c => c.Table, "<table class='table'><tr><td>the numbers</td></tr></table>"));
}
