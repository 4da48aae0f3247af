using System.Collections;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Rendering;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Components.Theme;
using Plotly.Blazor.Traces;
using Xunit;

namespace FairMedl.Tests.Web.Components.Charts.Rendering;

public sealed class PlotlyLayoutTests
{
    private static readonly ChartPalette Palette = ChartPalette.Of(dark: false);

    [Fact]
    public void Bars_WithIntervalAndUndefinedValue_KeepTheGapAndTheDistances()
    {
        BarTrace bars = new("TPR", ["<=30", "31-45", ">45"], [.5, null, .8], "var(--fm-series-1)") { Lower = [.4, null, .7], Upper = [.65, null, .85] };

        var trace = Assert.IsType<Bar>(bars.ToPlotly(Palette, PanelAxes.At(0)));

        Assert.Null(trace.Y[1]);
        Assert.Equal(.15, Assert.IsType<double>(trace.ErrorY.Array[0]), 12);
        Assert.Equal(.10, Assert.IsType<double>(trace.ErrorY.ArrayMinus[0]), 12);
        Assert.Null(trace.ErrorY.Array[1]);
    }

    [Fact]
    public void Numbers_NotFinite_BecomeNull()
    {
        LineTrace line = new("loss", [1, 2, 3], [double.NaN, double.PositiveInfinity, .25], SeriesStyle.At(0));

        var trace = Assert.IsType<Scatter>(line.ToPlotly(Palette, PanelAxes.At(0)));

        Assert.Equal([null, null, .25], trace.Y);
    }

    [Fact]
    public void EndLabel_LastValueUndefined_IsWrittenAtTheLastDefinedPoint()
    {
        LineTrace line = new("A_F", [1, 2, 3], [.3, .2, null], SeriesStyle.At(0)) { HasEndLabel = true };

        var trace = Assert.IsType<Scatter>(line.ToPlotly(Palette, PanelAxes.At(0)));

        Assert.Equal(["", "A_F", ""], trace.TextArray);
    }

    [Fact]
    public void EndLabel_OfALongName_WidensTheRightMargin()
    {
        LineTrace labelled = new("debiasing adversary", [1, 2], [.3, .2], SeriesStyle.At(0)) { HasEndLabel = true };

        Assert.True(Layout(Single(labelled)).Margin.R > 100);
        Assert.Equal(24, Layout(Single(labelled with { HasEndLabel = false })).Margin.R);
    }

    [Fact]
    public void Histogram_EdgesDoNotMatchCounts_Throws()
    {
        HistogramTrace histogram = new("age", [0, 10], [3, 4], "var(--fm-series-1)");

        Assert.Throws<InvalidOperationException>(() => histogram.ToPlotly(Palette, PanelAxes.At(0)));
    }

    [Fact]
    public void Layout_IsTransparent_WithTitlesAndUnitsAndZeroInView()
    {
        Plotly.Blazor.Layout layout = Layout(Single(new ScatterTrace("MEDL", [.81], [.17], SeriesStyle.OfModel("medl"))));

        Assert.Equal("rgba(0,0,0,0)", layout.PlotBgColor);
        Assert.Equal("Seconds (s)", layout.XAxis[0].Title.Text);
        Assert.Equal(Plotly.Blazor.LayoutLib.YAxisLib.RangeModeEnum.ToZero, layout.YAxis[0].RangeMode);
    }

    [Fact]
    public void Dots_OfTwoModels_LieInTheirSlotsWithinTheRow()
    {
        DotTrace first = new("MEDL", ["age", "sex"], [.1, .2], SeriesStyle.OfModel("medl")) { Slot = 0, Slots = 2 }, second = first with { Slot = 1 };

        Assert.True(first.PositionOf(0) < 0 && second.PositionOf(0) > 0);
        Assert.True(second.PositionOf(0) < first.PositionOf(1), "the slots of a row do not reach into the next row");
        Assert.Equal(1, (first.PositionOf(1) + second.PositionOf(1)) / 2, 12);
        Assert.Equal(1, (first with { Slots = 1 }).PositionOf(1), 12);
    }

    [Fact]
    public void Grid_OfFourPanels_GivesEachItsAxesAndPlace()
    {
        Chart Panel(string title) => Single(new DotTrace("MEDL", ["age"], [.1], SeriesStyle.At(0))) with
        {
            Title = title,
            Y = new("") { Rows = [new("age", "3 groups")] },
            RowBands = [new(0, 0, .05)],
        };
        var grid = new ChartGrid("Disparity", [Panel("TPR"), Panel("FPR"), Panel("DP"), Panel("CF")]);

        Plotly.Blazor.Layout layout = PlotlyLayout.Of(grid, Palette);

        Assert.Equal((4, 4, 4), (layout.XAxis.Count, layout.YAxis.Count, layout.Shapes.Count));
        Assert.Equal(["x", "x2", "x3", "x4"], layout.Shapes.Select(s => (string)s.XRef));
        Assert.Equal(["<b>TPR</b>", "<b>FPR</b>", "<b>DP</b>", "<b>CF</b>"], layout.Annotations.Select(a => a.Text));
        // Panels do not overlap: the left one ends before the right one begins, the upper one above the lower one.
        Assert.True(Number(layout.XAxis[0].Domain[1]) < Number(layout.XAxis[1].Domain[0]));
        Assert.True(Number(layout.YAxis[2].Domain[1]) < Number(layout.YAxis[0].Domain[0]));
        // Only the first panel of a row names the rows.
        Assert.NotEqual(false, layout.YAxis[0].ShowTickLabels);
        Assert.False(layout.YAxis[1].ShowTickLabels);
        var last = Assert.IsType<Scatter>(grid.Panels[3].Traces[0].ToPlotly(Palette, PanelAxes.At(3)));
        Assert.Equal("y4", last.YAxis);
        Assert.False(last.ShowLegend);
    }

    [Fact]
    public void RowBand_OfARow_CoversThatRowOnly()
    {
        Chart chart = Single() with { Y = new("") { Rows = [new("age"), new("sex")] }, RowBands = [new(1, 0, .02)] };

        Plotly.Blazor.LayoutLib.Shape shape = Assert.Single(Layout(chart).Shapes);

        Assert.Equal((0.0, .02), ((double)shape.X0, (double)shape.X1));
        Assert.InRange((double)shape.Y0, .5, 1);
        Assert.InRange((double)shape.Y1, 1, 1.5);
        Assert.Equal(Plotly.Blazor.LayoutLib.ShapeLib.LayerEnum.Below, shape.Layer);
    }

    [Fact]
    public void Band_OnY_SpansTheWidthBehindTheData()
    {
        Chart chart = Single() with { Bands = [new('y', 0, .145, "noise floor")] };

        Plotly.Blazor.Layout layout = Layout(chart);
        Plotly.Blazor.LayoutLib.Shape shape = Assert.Single(layout.Shapes);

        Assert.Equal(("x domain", "y", 0.0, .145), ((string)shape.XRef, (string)shape.YRef, (double)shape.Y0, (double)shape.Y1));
        Assert.Equal("noise floor", Assert.Single(layout.Annotations).Text);
    }

    [Fact]
    public void CategoryBand_OfABar_CoversThatBarOnly()
    {
        Chart chart = Single() with { X = new("x") { Categories = ["a", "b"] }, CategoryBands = [new(1, .1, .3) { Bar = 2, Bars = 3, Color = "red" }] };

        Plotly.Blazor.LayoutLib.Shape shape = Assert.Single(Layout(chart).Shapes);

        Assert.Equal(1.15, (double)shape.X0, 12);
        Assert.Equal(1.35, (double)shape.X1, 12);
        Assert.Equal("red", shape.Line.Color);
    }

    // Every text that a chart can hold, in every kind of series: plotly must not read any of them as a tag or an entity.
    [Fact]
    public void Names_WithMarkup_AreWrittenAsText()
    {
        const string Name = "<b>a</b> &lt;i> <script>x</script>";
        ChartTip[] tips = [new(Name, Name)];
        SeriesStyle style = SeriesStyle.At(0);
        IChartTrace[] traces =
        [
            new BarTrace(Name, [Name], [1], "var(--fm-series-1)") { Hover = tips },
            new DotTrace(Name, [Name], [1], style) { Hover = tips },
            new LineTrace(Name, [1], [1], style) { Hover = tips, HasEndLabel = true },
            new ScatterTrace(Name, [1], [1], style) { Hover = tips, Labels = [Name] },
            new HistogramTrace(Name, [0, 1], [1], "red"),
        ];
        var grid = new ChartGrid(Name,
        [
            new Chart { Title = Name, X = new(Name, Name) { Categories = [Name] }, Y = new(Name) { Rows = [new(Name, Name)] }, Bands = [new('y', 0, 1, Name)], Lines = [new('y', 0, Name)], Traces = traces },
            Single(),
        ]);

        object[] figure = [.. traces.Select(t => t.ToPlotly(Palette, PanelAxes.At(0))), PlotlyLayout.Of(grid, Palette)];
        string[] named = [.. figure.SelectMany(Texts).Where(t => t.Contains("script", StringComparison.Ordinal))];

        // Names of five series, rows and categories of two, tooltips of four, labels of two, titles of the panel and its axes, a row, marks.
        Assert.True(named.Length >= 18, $"{named.Length} texts hold the name");
        Assert.All(named, t => Assert.DoesNotContain("<script", t, StringComparison.Ordinal));
        Assert.All(named, t => Assert.DoesNotContain("<b>a", t, StringComparison.Ordinal));
        Assert.All(named, t => Assert.DoesNotContain(" &lt;i", t, StringComparison.Ordinal));
    }

    // LegendGroup is an identifier that plotly never draws.
    private static IEnumerable<string> Texts(object? value) => value switch
    {
        string text => [text],
        IEnumerable items => items.Cast<object?>().SelectMany(Texts),
        not null when value.GetType().Namespace?.StartsWith("Plotly.Blazor", StringComparison.Ordinal) == true && value is not Enum =>
            value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.Name != "LegendGroup").SelectMany(p => Texts(p.GetValue(value))),
        _ => [],
    };

    private static double Number(object value) => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);

    private static Plotly.Blazor.Layout Layout(Chart chart) => PlotlyLayout.Of(new ChartGrid(chart.Title, [chart], 1), Palette);

    private static Chart Single(params IChartTrace[] traces) => new()
    {
        Title = "t",
        X = new("Seconds", "s"),
        Y = new("Spread") { ZeroInView = true },
        Traces = traces,
    };
}
