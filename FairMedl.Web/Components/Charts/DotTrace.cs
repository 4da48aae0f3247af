using System.Text.Json.Nodes;
using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Components.Charts;

/// <summary>A dot by name with a thin interval: rates by group, or a caterpillar plot by cluster where it lies.</summary>
public sealed record DotTrace(string Name, IReadOnlyList<string> Categories, IReadOnlyList<double?> Values, SeriesStyle Style) : IChartTrace
{
    /// <summary>The intervals' lower ends by dot.</summary>
    public IReadOnlyList<double?>? Lower { get; init; }

    /// <summary>The intervals' upper ends by dot.</summary>
    public IReadOnlyList<double?>? Upper { get; init; }

    /// <summary>Tooltips by dot: value, interval, n.</summary>
    public IReadOnlyList<ChartTip>? Hover { get; init; }

    /// <summary>Whether the names stand at the left and the values run across.</summary>
    public bool Horizontal { get; init; }

    /// <inheritdoc />
    public JsonObject ToPlotly()
    {
        JsonObject trace = new()
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["name"] = PlotlyJson.Literal(Name),
            [Horizontal ? "y" : "x"] = PlotlyJson.Literals(Categories),
            [Horizontal ? "x" : "y"] = PlotlyJson.Numbers(Values),
            ["marker"] = PlotlyJson.Marker(Style, 9),
        };
        PlotlyJson.AddInterval(trace, Horizontal ? "error_x" : "error_y", Values, Lower, Upper, Style.Color);
        PlotlyJson.AddHover(trace, Hover);
        return trace;
    }
}
