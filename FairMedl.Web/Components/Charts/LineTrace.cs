using System.Text.Json.Nodes;
using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Components.Charts;

/// <summary>A line over numbers, such as a loss by epoch. A null breaks it.</summary>
public sealed record LineTrace(string Name, IReadOnlyList<double> X, IReadOnlyList<double?> Y, SeriesStyle Style) : IChartTrace
{
    /// <summary>Whether each point has its marker too.</summary>
    public bool Markers { get; init; }

    /// <summary>Writes the name beside the last point.</summary>
    public bool LabelAtEnd { get; init; }

    /// <summary>A thin guide behind the data: no tooltip, no entry in the legend.</summary>
    public bool Silent { get; init; }

    /// <summary>Tooltips by point.</summary>
    public IReadOnlyList<ChartTip>? Hover { get; init; }

    /// <inheritdoc />
    public JsonObject ToPlotly()
    {
        JsonObject trace = new()
        {
            ["type"] = "scatter",
            ["mode"] = (Markers, LabelAtEnd) switch
            {
                (true, true) => "lines+markers+text",
                (true, false) => "lines+markers",
                (false, true) => "lines+text",
                (false, false) => "lines",
            },
            ["name"] = PlotlyJson.Literal(Name),
            ["x"] = PlotlyJson.Numbers(X),
            ["y"] = PlotlyJson.Numbers(Y),
            ["line"] = new JsonObject { ["color"] = Style.Color, ["dash"] = Style.Dash, ["width"] = Silent ? 1.25 : 2 },
            ["marker"] = PlotlyJson.Marker(Style, 7),
        };
        if (LabelAtEnd && Y.Count > 0)
        {
            int last = Y.Count - 1;
            while (last > 0 && Y[last] is null) last--;
            trace["text"] = PlotlyJson.Literals([.. Y.Select((_, i) => i == last ? Name : "")]);
            trace["textposition"] = "middle right";
            trace["textfont"] = new JsonObject { ["color"] = Style.Color };
            trace["cliponaxis"] = false;
        }

        if (Silent)
        {
            trace["hoverinfo"] = "skip";
            trace["showlegend"] = false;
        }

        PlotlyJson.AddHover(trace, Hover);
        return trace;
    }
}
