using Bunit;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Components.Theme;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Xunit;

namespace FairMedl.Tests.Web.Components.Charts;

public sealed class ChartFigureTests : ComponentContext
{
    private static readonly Chart Bars = new()
    {
        Title = "TPR by group",
        X = new("Group"),
        Y = new("TPR"),
        Traces = [new BarTrace("MEDL", ["a", "b"], [.5, null], "var(--fm-series-1)") { Lower = [.4, null], Upper = [.6, null] }],
    };

    [Fact]
    public void Figure_OfAChart_HasATitleAnAccessibleImageAndATable()
    {
        IRenderedComponent<ChartFigure> figure = Show(Bars);

        Assert.Equal("TPR by group", figure.Find(".chart-title").TextContent);
        Assert.Equal("bars of TPR", figure.FindComponent<PlotlyChart>().Instance.AdditionalAttributes["aria-label"]);
        Assert.False(figure.Find("details").HasAttribute("open"));
        Assert.Equal(["MEDL", "a", "0.5", "0.4 to 0.6", "MEDL", "b", "–", ""], figure.FindAll("tbody td").Select(c => c.TextContent));
    }

    [Fact]
    public void Figure_OfAChangedChartOnly_IsRedrawnByPlotly()
    {
        IRenderedComponent<ChartFigure> figure = Show(Bars);
        IList<ITrace> before = Drawn(figure);

        figure.Render();
        Assert.Same(before, Drawn(figure));

        figure.Render(p => p.Add(c => c.Chart, Bars with { Height = 500 }));
        Assert.NotSame(before, Drawn(figure));
        Assert.Equal(500, figure.FindComponent<PlotlyChart>().Instance.Layout.Height);
    }

    [Fact]
    public void Figure_WhenTheThemeChanges_TakesTheOtherColors()
    {
        IRenderedComponent<ThemedPage> page = Render<ThemedPage>(p => p.Add(t => t.IsDark, false));
        string Edge() => (string)((Bar)Drawn(page.FindComponent<ChartFigure>())[0]).Marker.Line.Color;
        Assert.Equal(DesignTokens.Light["--fm-series-1"], Edge());

        page.Render(p => p.Add(t => t.IsDark, true));

        Assert.Equal(DesignTokens.Dark["--fm-series-1"], Edge());
    }

    [Fact]
    public void Csv_OfAChart_HasFullNumbersAndEmptyUndefinedValues()
    {
        string csv = ChartTable.ToCsv(new ChartGrid("t", [Bars with { Traces = [new BarTrace("M, 1", ["a", "b"], [1 / 3d, null], "red") { Lower = [.25, null], Upper = [.5, null] }] }]));

        string[] lines = csv.ReplaceLineEndings("\n").Trim().Split('\n');
        Assert.Equal("panel,series,at,value,lower,upper", lines[0]);
        Assert.Equal("TPR by group,\"M, 1\",a,0.3333333333333333,0.25,0.5", lines[1]);
        Assert.Equal("TPR by group,\"M, 1\",b,,,", lines[2]);
    }

    private static IList<ITrace> Drawn(IRenderedComponent<ChartFigure> figure) => figure.FindComponent<PlotlyChart>().Instance.Data;

    private IRenderedComponent<ChartFigure> Show(Chart chart) => Render<ChartFigure>(p => p.Add(c => c.Chart, chart).Add(c => c.Label, "bars of TPR"));

    /// <summary>A page in one theme or the other.</summary>
    private sealed class ThemedPage : ComponentBase
    {
        [Parameter] public bool IsDark { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<CascadingValue<bool>>(0);
            builder.AddComponentParameter(1, "Name", "Dark");
            builder.AddComponentParameter(2, "Value", IsDark);
            builder.AddComponentParameter(3, "ChildContent", (RenderFragment)(content =>
            {
                content.OpenComponent<ChartFigure>(0);
                content.AddComponentParameter(1, "Chart", Bars);
                content.AddComponentParameter(2, "Label", "bars of TPR");
                content.CloseComponent();
            }));
            builder.CloseComponent();
        }
    }
}
