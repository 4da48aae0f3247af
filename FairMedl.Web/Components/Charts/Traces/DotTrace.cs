using FairMedl.Web.Components.Charts.Rendering;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Theme;
using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;

namespace FairMedl.Web.Components.Charts.Traces;

/// <summary>
/// A dot with its interval in each row of a chart whose vertical axis has <see cref="ChartAxis.Rows"/>: rates by group, spreads by
/// attribute, effects by cluster. Series that share the rows are drawn in slots, one below the other.
/// </summary>
/// <param name="Name">The series' name.</param>
/// <param name="Rows">The names of the rows, in the axis' order.</param>
/// <param name="Values">The value by row; null = undefined, no dot.</param>
/// <param name="Style">Colour and marker.</param>
public sealed record DotTrace(string Name, IReadOnlyList<string> Rows, IReadOnlyList<double?> Values, SeriesStyle Style) : IChartTrace
{
    // The share of a row's height that its slots take; the rest separates the rows.
    internal const double SlotShare = .66;

    /// <summary>The lower ends of the intervals, by row.</summary>
    public IReadOnlyList<double?>? Lower { get; init; }

    /// <summary>The upper ends of the intervals, by row.</summary>
    public IReadOnlyList<double?>? Upper { get; init; }

    /// <summary>Tooltips by row: value, interval, n.</summary>
    public IReadOnlyList<ChartTip>? Hover { get; init; }

    /// <summary>This series' slot, from 0 at the top.</summary>
    public int Slot { get; init; }

    /// <summary>How many series share the rows.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Whether the dots are faded, as for groups too small to judge. Faded dots have no entry in the legend.</summary>
    public bool IsFaded { get; init; }

    /// <summary>Whether rows without a value belong to other series, so that the table leaves them out.</summary>
    public bool IsSparse { get; init; }

    /// <inheritdoc />
    public IEnumerable<ChartDatum> Data =>
        PlotlyParts.Data(Rows, Values, Lower, Upper).Where(d => d.Value is not null || !(IsFaded || IsSparse));

    /// <summary>The vertical position of a row's dot: row indices count downwards from 0.</summary>
    public double PositionOf(int row) => Position(row, Slot, Slots);

    /// <summary>The vertical position of a slot of a row.</summary>
    public static double Position(int row, int slot, int slots) => slots == 1 ? row : row + SlotShare * ((slot + .5) / slots - .5);

    /// <inheritdoc />
    public ITrace ToPlotly(ChartPalette palette, PanelAxes axes)
    {
        var interval = PlotlyParts.Interval(Values, Lower, Upper);
        SeriesStyle style = IsFaded ? Style with { Color = palette.Soft(Style.Color) } : Style;
        return new Scatter
        {
            Mode = ModeFlag.Markers,
            Name = PlotlyParts.Literal(Name),
            XAxis = axes.X,
            YAxis = axes.Y,
            LegendGroup = Name,
            ShowLegend = axes.IsFirst && !IsFaded ? null : false,
            X = PlotlyParts.Numbers(Values),
            Y = PlotlyParts.Numbers(Rows.Select((_, row) => PositionOf(row))),
            Marker = PlotlyParts.Marker(style, palette, 9),
            ErrorX = PlotlyParts.Across(palette[style.Color], interval, cap: 0, thickness: 2),
            HoverTextArray = PlotlyParts.Hover(Hover),
            HoverInfo = Hover is null ? null : HoverInfoFlag.Text,
        };
    }
}
