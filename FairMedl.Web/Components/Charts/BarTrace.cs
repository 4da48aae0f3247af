using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.BarLib;
using Plotly.Blazor.Traces.BarLib.MarkerLib;

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
    public ITrace ToPlotly(ChartPalette palette)
    {
        string ink = palette["var(--fm-ink)"], edge = palette[Color];
        var interval = PlotlyParts.Interval(Values, Lower, Upper);
        return new Bar
        {
            Name = PlotlyParts.Literal(Name),
            Orientation = Horizontal ? OrientationEnum.H : OrientationEnum.V,
            X = Horizontal ? PlotlyParts.Numbers(Values) : PlotlyParts.Literals(Categories),
            Y = Horizontal ? PlotlyParts.Literals(Categories) : PlotlyParts.Numbers(Values),
            // A light fill within a firm edge, so that an interval is seen over every colour.
            Marker = new Marker
            {
                Color = palette.Soft(Color),
                Line = new Plotly.Blazor.Traces.BarLib.MarkerLib.Line { Color = edge, Width = 1.5m },
                Pattern = Hatched ? new Pattern { Shape = Plotly.Blazor.Traces.BarLib.MarkerLib.PatternLib.ShapeEnum.Slash, FillMode = Plotly.Blazor.Traces.BarLib.MarkerLib.PatternLib.FillModeEnum.Replace, FgColor = edge, Size = 7 } : null,
            },
            ErrorX = Horizontal && interval is { } x ? new ErrorX { Type = Plotly.Blazor.Traces.BarLib.ErrorXLib.TypeEnum.Data, Symmetric = false, Array = x.Up, ArrayMinus = x.Down, Color = ink, Thickness = 1.5m, Width = 4 } : null,
            ErrorY = !Horizontal && interval is { } y ? new ErrorY { Type = Plotly.Blazor.Traces.BarLib.ErrorYLib.TypeEnum.Data, Symmetric = false, Array = y.Up, ArrayMinus = y.Down, Color = ink, Thickness = 1.5m, Width = 4 } : null,
            HoverTextArray = PlotlyParts.Hover(Hover),
            HoverInfo = Hover is null ? null : HoverInfoFlag.Text,
        };
    }
}
