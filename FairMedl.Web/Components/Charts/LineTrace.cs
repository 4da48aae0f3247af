using FairMedl.Web.Components.Theme;
using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;
using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Components.Charts;

/// <summary>A line over numbers, such as a loss by epoch. A null breaks it.</summary>
public sealed record LineTrace(string Name, IReadOnlyList<double> X, IReadOnlyList<double?> Y, SeriesStyle Style) : IChartTrace
{
    /// <summary>Whether each point has its marker too.</summary>
    public bool HasMarkers { get; init; }

    /// <summary>Writes the name beside the last point.</summary>
    public bool HasEndLabel { get; init; }

    /// <summary>A thin guide behind the data: no tooltip, no entry in the legend.</summary>
    public bool IsGuide { get; init; }

    /// <summary>Tooltips by point.</summary>
    public IReadOnlyList<ChartTip>? Hover { get; init; }

    /// <inheritdoc />
    public IEnumerable<ChartDatum> Data => IsGuide ? [] : X.Zip(Y, (x, y) => new ChartDatum(Display.Number(x), y));

    /// <inheritdoc />
    public ITrace ToPlotly(ChartPalette palette, PanelAxes axes)
    {
        Scatter trace = new()
        {
            Mode = ModeFlag.Lines | (HasMarkers ? ModeFlag.Markers : 0) | (HasEndLabel ? ModeFlag.Text : 0),
            Name = PlotlyParts.Literal(Name),
            XAxis = axes.X,
            YAxis = axes.Y,
            LegendGroup = Name,
            X = PlotlyParts.Numbers(X),
            Y = PlotlyParts.Numbers(Y),
            Line = new Plotly.Blazor.Traces.ScatterLib.Line { Color = palette[Style.Color], Dash = Style.Dash, Width = IsGuide ? 1.25m : 2 },
            Marker = PlotlyParts.Marker(Style, palette, 7),
            HoverTextArray = PlotlyParts.Hover(Hover),
            HoverInfo = IsGuide ? HoverInfoFlag.Skip : Hover is null ? null : HoverInfoFlag.Text,
            ShowLegend = IsGuide || !axes.IsFirst ? false : null,
        };
        if (HasEndLabel && Y.Count > 0)
        {
            int last = Y.Count - 1;
            while (last > 0 && Y[last] is null) last--;
            trace.TextArray = [.. Y.Select((_, i) => i == last ? PlotlyParts.Literal(Name) : "")];
            trace.TextPosition = TextPositionEnum.MiddleRight;
            trace.TextFont = new TextFont { Color = palette[Style.Color] };
            trace.ClipOnAxis = false;
        }

        return trace;
    }
}
