using System.Text.Json.Nodes;

namespace FairMedl.Web.Components.Charts;

/// <summary>Bars by name, with thin intervals where they are known.</summary>
public sealed record BarTrace(string Name, IReadOnlyList<string> Categories, IReadOnlyList<double?> Values, string Color) : IChartTrace
{
    /// <summary>The intervals' lower ends by bar.</summary>
    public IReadOnlyList<double?>? Lower { get; init; }

    /// <summary>The intervals' upper ends by bar.</summary>
    public IReadOnlyList<double?>? Upper { get; init; }

    /// <summary>Tooltips by bar: value, interval, n.</summary>
    public IReadOnlyList<ChartTip>? Hover { get; init; }

    /// <summary>Whether the bars lie.</summary>
    public bool Horizontal { get; init; }

    /// <summary>Whether the bars are hatched: the second cue beside the colour.</summary>
    public bool Hatched { get; init; }

    /// <inheritdoc />
    public JsonObject ToPlotly()
    {
        JsonObject trace = new()
        {
            ["type"] = "bar",
            ["name"] = PlotlyJson.Literal(Name),
            ["orientation"] = Horizontal ? "h" : "v",
            [Horizontal ? "y" : "x"] = PlotlyJson.Literals(Categories),
            [Horizontal ? "x" : "y"] = PlotlyJson.Numbers(Values),
            // A light fill within a firm edge, so that an interval is seen over every colour; charts.js mixes soft(...).
            ["marker"] = new JsonObject { ["color"] = Soft(Color), ["line"] = new JsonObject { ["color"] = Color, ["width"] = 1.5 } },
        };
        if (Hatched) trace["marker"]!["pattern"] = new JsonObject { ["shape"] = "/", ["fillmode"] = "replace", ["fgcolor"] = Color, ["size"] = 7 };
        PlotlyJson.AddInterval(trace, Horizontal ? "error_x" : "error_y", Values, Lower, Upper, "var(--fm-ink)");
        PlotlyJson.AddHover(trace, Hover);
        return trace;
    }

    private static string Soft(string color) => color.StartsWith("var(", StringComparison.Ordinal) ? "soft" + color[3..] : color;
}
