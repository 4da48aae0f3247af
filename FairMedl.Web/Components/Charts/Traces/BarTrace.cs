using FairMedl.Web.Components.Charts.Rendering;
using FairMedl.Web.Components.Theme;
using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.BarLib;
using Plotly.Blazor.Traces.BarLib.MarkerLib;

namespace FairMedl.Web.Components.Charts.Traces;

/// <summary>Bars by category, with thin interval lines where intervals are known.</summary>
public sealed record BarTrace(string Name, IReadOnlyList<string> Categories, IReadOnlyList<double?> Values, string Color) : IChartTrace
{
    /// <summary>The lower ends of the intervals, by bar.</summary>
    public IReadOnlyList<double?>? Lower { get; init; }

    /// <summary>The upper ends of the intervals, by bar.</summary>
    public IReadOnlyList<double?>? Upper { get; init; }

    /// <summary>Tooltips by bar: value, interval, n.</summary>
    public IReadOnlyList<ChartTip>? Hover { get; init; }

    /// <summary>Whether the bars are horizontal.</summary>
    public bool IsHorizontal { get; init; }

    /// <summary>Whether the bars are hatched, as a second cue beside the colour.</summary>
    public bool IsHatched { get; init; }

    /// <inheritdoc />
    public IEnumerable<ChartDatum> Data => PlotlyParts.Data(Categories, Values, Lower, Upper);

    /// <inheritdoc />
    public ITrace ToPlotly(ChartPalette palette, PanelAxes axes)
    {
        string ink = palette["var(--fm-ink)"], edge = palette[Color];
        var interval = PlotlyParts.Interval(Values, Lower, Upper);
        return new Bar
        {
            Name = PlotlyParts.Literal(Name),
            XAxis = axes.X,
            YAxis = axes.Y,
            LegendGroup = Name,
            ShowLegend = axes.IsFirst ? null : false,
            Orientation = IsHorizontal ? OrientationEnum.H : OrientationEnum.V,
            X = IsHorizontal ? PlotlyParts.Numbers(Values) : PlotlyParts.Literals(Categories),
            Y = IsHorizontal ? PlotlyParts.Literals(Categories) : PlotlyParts.Numbers(Values),
            // A light fill with a firm edge keeps the interval visible over every colour.
            Marker = new Marker
            {
                Color = palette.Soft(Color),
                Line = new Plotly.Blazor.Traces.BarLib.MarkerLib.Line { Color = edge, Width = 1.5m },
                Pattern = IsHatched ? new Pattern
                {
                    Shape = Plotly.Blazor.Traces.BarLib.MarkerLib.PatternLib.ShapeEnum.Slash,
                    FillMode = Plotly.Blazor.Traces.BarLib.MarkerLib.PatternLib.FillModeEnum.Replace,
                    FgColor = edge,
                    Size = 7
                } : null,
            },
            ErrorX = IsHorizontal && interval is { } x
                ? new ErrorX
                {
                    Type = Plotly.Blazor.Traces.BarLib.ErrorXLib.TypeEnum.Data,
                    Symmetric = false,
                    Array = x.Up,
                    ArrayMinus = x.Down,
                    Color = ink,
                    Thickness = 1.5m,
                    Width = 4
                } : null,
            ErrorY = !IsHorizontal && interval is { } y
                ? new ErrorY
                {
                    Type = Plotly.Blazor.Traces.BarLib.ErrorYLib.TypeEnum.Data,
                    Symmetric = false,
                    Array = y.Up,
                    ArrayMinus = y.Down,
                    Color = ink,
                    Thickness = 1.5m,
                    Width = 4
                } : null,
            HoverTextArray = PlotlyParts.Hover(Hover),
            HoverInfo = Hover is null ? null : HoverInfoFlag.Text,
        };
    }
}
