using System.Text.Json;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Controls;
using Xunit;

namespace FairMedl.Tests.Web.Components.Charts;

public sealed class PlotlyJsonTests
{
    [Fact]
    public void Bars_WithIntervalAndUndefinedValue_KeepTheGapAndTheDistances()
    {
        BarTrace bars = new("TPR", ["<=30", "31-45", ">45"], [.5, null, .8], "var(--fm-series-1)") { Lower = [.4, null, .7], Upper = [.65, null, .85] };

        JsonElement trace = Figure(bars).GetProperty("data")[0];

        Assert.Equal(JsonValueKind.Null, trace.GetProperty("y")[1].ValueKind);
        Assert.Equal(.15, trace.GetProperty("error_y").GetProperty("array")[0].GetDouble(), 12);
        Assert.Equal(.10, trace.GetProperty("error_y").GetProperty("arrayminus")[0].GetDouble(), 12);
        Assert.Equal(JsonValueKind.Null, trace.GetProperty("error_y").GetProperty("array")[1].ValueKind);
    }

    [Fact]
    public void Numbers_NotFinite_BecomeNull()
    {
        LineTrace line = new("loss", [1, 2, 3], [double.NaN, double.PositiveInfinity, .25], SeriesStyle.At(0));

        JsonElement y = Figure(line).GetProperty("data")[0].GetProperty("y");

        Assert.Equal([JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Number], y.EnumerateArray().Select(v => v.ValueKind));
    }

    [Fact]
    public void LabelAtEnd_LastValueUndefined_StandsAtTheLastDefinedPoint()
    {
        LineTrace line = new("A_F", [1, 2, 3], [.3, .2, null], SeriesStyle.At(0)) { LabelAtEnd = true };

        JsonElement text = Figure(line).GetProperty("data")[0].GetProperty("text");

        Assert.Equal(["", "A_F", ""], text.EnumerateArray().Select(v => v.GetString()));
    }

    [Fact]
    public void LabelAtEnd_LongName_HasRoomAtTheRight()
    {
        LineTrace labelled = new("debiasing adversary", [1, 2], [.3, .2], SeriesStyle.At(0)) { LabelAtEnd = true };

        int RightOf(LineTrace line) => Figure(line).GetProperty("layout").GetProperty("margin").GetProperty("r").GetInt32();

        Assert.True(RightOf(labelled) > 100);
        Assert.Equal(24, RightOf(labelled with { LabelAtEnd = false }));
    }

    [Fact]
    public void Histogram_EdgesDoNotMatchCounts_Throws()
    {
        HistogramTrace histogram = new("age", [0, 10], [3, 4], "var(--fm-series-1)");

        Assert.Throws<InvalidOperationException>(() => histogram.ToPlotly());
    }

    [Fact]
    public void Layout_IsTransparentWithTitlesUnitsAndZeroInView()
    {
        JsonElement layout = Figure(new ScatterTrace("MEDL", [.81], [.17], SeriesStyle.OfModel("medl"))).GetProperty("layout");

        Assert.Equal("rgba(0,0,0,0)", layout.GetProperty("plot_bgcolor").GetString());
        Assert.Equal("Seconds (s)", layout.GetProperty("xaxis").GetProperty("title").GetProperty("text").GetString());
        Assert.Equal("tozero", layout.GetProperty("yaxis").GetProperty("rangemode").GetString());
    }

    [Fact]
    public void Band_OnY_SpansTheWidthBehindTheData()
    {
        Chart chart = new() { Title = "t", X = new("x"), Y = new("y"), Traces = [], Bands = [new('y', 0, .145, "noise floor")] };

        JsonElement layout = JsonDocument.Parse(PlotlyJson.Figure(chart)).RootElement.GetProperty("layout");
        JsonElement shape = layout.GetProperty("shapes")[0];

        Assert.Equal(("rect", "below", "paper", "y"), (shape.GetProperty("type").GetString(), shape.GetProperty("layer").GetString(), shape.GetProperty("xref").GetString(), shape.GetProperty("yref").GetString()));
        Assert.Equal("noise floor", layout.GetProperty("annotations")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void CategoryBand_LiesOnItsBarAlone()
    {
        Chart chart = new() { Title = "t", X = new("x") { Categories = ["a", "b"] }, Y = new("y"), Traces = [], CategoryBands = [new(1, .1, .3) { Bar = 2, Bars = 3, Color = "red" }] };

        JsonElement shape = JsonDocument.Parse(PlotlyJson.Figure(chart)).RootElement.GetProperty("layout").GetProperty("shapes")[0];

        Assert.Equal(("rect", "above", "x", "y"), (shape.GetProperty("type").GetString(), shape.GetProperty("layer").GetString(), shape.GetProperty("xref").GetString(), shape.GetProperty("yref").GetString()));
        Assert.Equal([1.15, 1.35, .1, .3], new[] { "x0", "x1", "y0", "y1" }.Select(k => shape.GetProperty(k).GetDouble()), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal("red", shape.GetProperty("line").GetProperty("color").GetString());
    }

    // Every text that a chart can hold, in every kind of trace: none of them may reach plotly as a tag or an entity.
    [Fact]
    public void Names_WithMarkup_AreWrittenAsText()
    {
        const string Name = "<b>a</b> &lt;i> <script>x</script>";
        ChartTip[] tips = [new(Name, Name)];
        SeriesStyle style = SeriesStyle.At(0);
        string json = PlotlyJson.Figure(new Chart
        {
            Title = "t",
            X = new(Name, Name) { Categories = [Name] },
            Y = new(Name),
            Bands = [new('y', 0, 1, Name)],
            Lines = [new('y', 0, Name)],
            Traces =
            [
                new BarTrace(Name, [Name], [1], "red") { Hover = tips },
                new DotTrace(Name, [Name], [1], style) { Hover = tips },
                new LineTrace(Name, [1], [1], style) { Hover = tips, LabelAtEnd = true },
                new ScatterTrace(Name, [1], [1], style) { Hover = tips, Labels = [Name] },
                new HistogramTrace(Name, [0, 1], [1], "red"),
            ],
        });

        string[] texts = [.. Texts(JsonDocument.Parse(json).RootElement).Where(t => t.Contains('a', StringComparison.Ordinal) && t.Contains('&', StringComparison.Ordinal))];
        const string Literal = "&lt;b>a&lt;/b> &amp;lt;i> &lt;script>x&lt;/script>";
        // Axes, band and line; name, labels and tooltip of each trace; a histogram has a name alone.
        Assert.Equal(5 + 4 * 3 + 1, texts.Length);
        Assert.All(texts, t => Assert.Contains(t, new[] { Literal, $"{Literal} ({Literal})", $"<b>{Literal}</b><br>{Literal}" }));

        static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
            JsonValueKind.String => [element.GetString()!],
            _ => [],
        };
    }

    private static JsonElement Figure(IChartTrace trace) => JsonDocument.Parse(PlotlyJson.Figure(new Chart
    {
        Title = "t",
        X = new("Seconds", "s"),
        Y = new("Spread") { ZeroInView = true },
        Traces = [trace],
    })).RootElement;
}
