using System.Globalization;
using System.Text.Json.Nodes;

namespace FairMedl.Web.Components.Charts;

/// <summary>Counts between ascending edges, one edge more than counts: the server counts, the browser only draws.</summary>
public sealed record HistogramTrace(string Name, IReadOnlyList<double> Edges, IReadOnlyList<int> Counts, string Color) : IChartTrace
{
    /// <inheritdoc />
    public JsonObject ToPlotly()
    {
        if (Edges.Count != Counts.Count + 1)
            throw new InvalidOperationException($"A histogram of {Counts.Count} counts has {Counts.Count + 1} edges, not {Edges.Count}.");
        double[] centers = new double[Counts.Count], widths = new double[Counts.Count];
        ChartTip[] hover = new ChartTip[Counts.Count];
        for (int i = 0; i < Counts.Count; i++)
        {
            centers[i] = (Edges[i] + Edges[i + 1]) / 2;
            widths[i] = Edges[i + 1] - Edges[i];
            hover[i] = new ChartTip(string.Create(CultureInfo.InvariantCulture, $"{Edges[i]:G5} to {Edges[i + 1]:G5}: {Counts[i]:N0}"));
        }

        JsonObject trace = new()
        {
            ["type"] = "bar",
            ["name"] = PlotlyJson.Literal(Name),
            ["x"] = PlotlyJson.Numbers(centers),
            ["y"] = PlotlyJson.Numbers([.. Counts.Select(c => (double)c)]),
            ["width"] = PlotlyJson.Numbers(widths),
            ["marker"] = new JsonObject { ["color"] = Color, ["line"] = new JsonObject { ["color"] = "var(--fm-surface)", ["width"] = 1 } },
        };
        PlotlyJson.AddHover(trace, hover);
        return trace;
    }
}
