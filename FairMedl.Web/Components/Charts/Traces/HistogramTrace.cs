using System.Globalization;
using FairMedl.Web.Components.Charts.Rendering;
using FairMedl.Web.Components.Theme;
using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.BarLib;

namespace FairMedl.Web.Components.Charts.Traces;

/// <summary>Counts between ascending edges (one more edge than counts). The server counts; the browser only draws.</summary>
public sealed record HistogramTrace(string Name, IReadOnlyList<double> Edges, IReadOnlyList<int> Counts, string Color) : IChartTrace
{
    /// <inheritdoc />
    public IEnumerable<ChartDatum> Data =>
        Counts.Select((c, i) => new ChartDatum(string.Create(CultureInfo.InvariantCulture, $"{Edges[i]:G5} to {Edges[i + 1]:G5}"), c));

    /// <inheritdoc />
    public ITrace ToPlotly(ChartPalette palette, PanelAxes axes)
    {
        if (Edges.Count != Counts.Count + 1)
            throw new InvalidOperationException($"A histogram of {Counts.Count} counts has {Counts.Count + 1} edges, not {Edges.Count}.");
        IEnumerable<int> all = Enumerable.Range(0, Counts.Count);
        return new Bar
        {
            Name = PlotlyParts.Literal(Name),
            XAxis = axes.X,
            YAxis = axes.Y,
            X = PlotlyParts.Numbers(all.Select(i => (Edges[i] + Edges[i + 1]) / 2)),
            Y = PlotlyParts.Numbers(Counts.Select(c => (double)c)),
            WidthArray = [.. all.Select(i => (decimal?)(Edges[i + 1] - Edges[i]))],
            Marker = new Marker
            {
                Color = palette[Color],
                Line = new Plotly.Blazor.Traces.BarLib.MarkerLib.Line { Color = palette["var(--fm-surface)"], Width = 1 }
            },
            HoverTextArray = PlotlyParts.Hover([.. Data.Select(d => new ChartTip($"{d.At}: {Display.Count((long)d.Value!)}"))]),
            HoverInfo = HoverInfoFlag.Text,
        };
    }
}
