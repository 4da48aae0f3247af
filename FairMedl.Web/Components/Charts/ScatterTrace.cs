using System.Text.Json.Nodes;
using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Components.Charts;

/// <summary>Points by two numbers, labelled directly, with intervals both ways: accuracy against fairness.</summary>
public sealed record ScatterTrace(string Name, IReadOnlyList<double?> X, IReadOnlyList<double?> Y, SeriesStyle Style) : IChartTrace
{
    /// <summary>The name beside each point; labels.js finds its place at the width that the chart has, else a legend names the points.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The lower ends across.</summary>
    public IReadOnlyList<double?>? XLower { get; init; }

    /// <summary>The upper ends across.</summary>
    public IReadOnlyList<double?>? XUpper { get; init; }

    /// <summary>The lower ends upwards.</summary>
    public IReadOnlyList<double?>? YLower { get; init; }

    /// <summary>The upper ends upwards.</summary>
    public IReadOnlyList<double?>? YUpper { get; init; }

    /// <summary>Tooltips by point.</summary>
    public IReadOnlyList<ChartTip>? Hover { get; init; }

    /// <summary>Pixels.</summary>
    public int MarkerSize { get; init; } = 11;

    /// <inheritdoc />
    public JsonObject ToPlotly()
    {
        JsonObject trace = new()
        {
            ["type"] = "scatter",
            ["mode"] = Labels is null ? "markers" : "markers+text",
            ["name"] = PlotlyJson.Literal(Name),
            ["x"] = PlotlyJson.Numbers(X),
            ["y"] = PlotlyJson.Numbers(Y),
            ["marker"] = PlotlyJson.Marker(Style, MarkerSize),
            ["cliponaxis"] = false,
        };
        if (Labels is not null)
        {
            trace["text"] = PlotlyJson.Literals(Labels);
            trace["textposition"] = "top right";
        }

        PlotlyJson.AddInterval(trace, "error_x", X, XLower, XUpper, Style.Color);
        PlotlyJson.AddInterval(trace, "error_y", Y, YLower, YUpper, Style.Color);
        PlotlyJson.AddHover(trace, Hover);
        return trace;
    }
}
