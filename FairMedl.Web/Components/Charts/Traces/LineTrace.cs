using FairMedl.Web.Components.Charts.Rendering;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Theme;
using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;

namespace FairMedl.Web.Components.Charts.Traces;

/// <summary>How heavy a line is.</summary>
public enum LineWeight
{
    /// <summary>One series of its chart.</summary>
    Normal,

    /// <summary>One of many lines of a series: thin, pale, without an entry in the legend.</summary>
    Thin,

    /// <summary>The line that sums up a series.</summary>
    Bold,
}

/// <summary>A line over numbers, such as a loss by epoch. A null breaks it.</summary>
public sealed record LineTrace(string Name, IReadOnlyList<double> X, IReadOnlyList<double?> Y, SeriesStyle Style) : IChartTrace
{
    /// <summary>Whether each point has its marker too.</summary>
    public bool HasMarkers { get; init; }

    /// <summary>Writes the name beside the last point.</summary>
    public bool HasEndLabel { get; init; }

    /// <summary>A thin guide behind the data: no tooltip, no entry in the legend.</summary>
    public bool IsGuide { get; init; }

    /// <summary>How heavy it is.</summary>
    public LineWeight Weight { get; init; }

    /// <summary>The series that it belongs to, which the legend shows and hides as one; null = its own.</summary>
    public string? Group { get; init; }

    /// <summary>Tooltips by point.</summary>
    public IReadOnlyList<ChartTip>? Hover { get; init; }

    /// <summary>
    /// The heading of a tooltip that all points share, above the point's two numbers; an alternative to <see cref="Hover"/>.
    /// </summary>
    public string? Tip { get; init; }

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
            LegendGroup = Group ?? Name,
            X = PlotlyParts.Numbers(X),
            Y = PlotlyParts.Numbers(Y),
            Line = new Plotly.Blazor.Traces.ScatterLib.Line
            {
                Color = Weight == LineWeight.Thin
                ? palette.Soft(Style.Color) : palette[Style.Color],
                Dash = Style.Dash,
                Width = Width
            },
            Marker = PlotlyParts.Marker(Style, palette, 7),
            HoverTextArray = PlotlyParts.Hover(Hover),
            HoverInfo = IsGuide ? HoverInfoFlag.Skip : Hover is null ? null : HoverInfoFlag.Text,
            HoverTemplate = Tip is null
                ? null : $"<b>{PlotlyParts.Literal(Tip)}</b><br>%{{xaxis.title.text}} %{{x}}: %{{y:.4~g}}<extra></extra>",
            ShowLegend = IsGuide || Weight == LineWeight.Thin || !axes.IsFirst ? false : null,
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

    private decimal Width => IsGuide ? 1.25m : Weight switch { LineWeight.Thin => 1, LineWeight.Normal => 2, LineWeight.Bold => 3 };
}
