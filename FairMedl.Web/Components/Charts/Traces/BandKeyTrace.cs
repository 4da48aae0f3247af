using FairMedl.Web.Components.Charts.Rendering;
using FairMedl.Web.Components.Theme;
using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;
using Plotly.Blazor.Traces.ScatterLib.MarkerLib;

namespace FairMedl.Web.Components.Charts.Traces;

/// <summary>An entry of the legend that explains the grey bands of a figure. It has no points.</summary>
/// <param name="Name">What a band is.</param>
public sealed record BandKeyTrace(string Name) : IChartTrace
{
    /// <inheritdoc />
    public IEnumerable<ChartDatum> Data => [];

    /// <inheritdoc />
    public ITrace ToPlotly(ChartPalette palette, PanelAxes axes) => new Scatter
    {
        Mode = ModeFlag.Markers,
        Name = PlotlyParts.Literal(Name),
        XAxis = axes.X,
        YAxis = axes.Y,
        X = PlotlyParts.Numbers([(double?)null]),
        Y = PlotlyParts.Numbers([(double?)null]),
        ShowLegend = axes.IsFirst ? null : false,
        Marker = new Marker { Symbol = SymbolEnum.Square, Size = 14, Color = palette["var(--fm-noise)"] },
        HoverInfo = HoverInfoFlag.Skip,
    };
}
