using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;
using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Components.Charts;

/// <summary>A dot by name with a thin interval: rates by group, or a caterpillar plot by cluster where it lies.</summary>
public sealed record DotTrace(string Name, IReadOnlyList<string> Categories, IReadOnlyList<double?> Values, SeriesStyle Style) : IChartTrace
{
    /// <summary>The intervals' lower ends by dot.</summary>
    public IReadOnlyList<double?>? Lower { get; init; }

    /// <summary>The intervals' upper ends by dot.</summary>
    public IReadOnlyList<double?>? Upper { get; init; }

    /// <summary>Tooltips by dot: value, interval, n.</summary>
    public IReadOnlyList<ChartTip>? Hover { get; init; }

    /// <summary>Whether the names stand at the left and the values run across.</summary>
    public bool Horizontal { get; init; }

    /// <inheritdoc />
    public ITrace ToPlotly(ChartPalette palette)
    {
        var interval = PlotlyParts.Interval(Values, Lower, Upper);
        return new Scatter
        {
            Mode = ModeFlag.Markers,
            Name = PlotlyParts.Literal(Name),
            X = Horizontal ? PlotlyParts.Numbers(Values) : PlotlyParts.Literals(Categories),
            Y = Horizontal ? PlotlyParts.Literals(Categories) : PlotlyParts.Numbers(Values),
            Marker = PlotlyParts.Marker(Style, palette, 9),
            ErrorX = Horizontal ? PlotlyParts.Across(palette[Style.Color], interval) : null,
            ErrorY = Horizontal ? null : PlotlyParts.Upwards(palette[Style.Color], interval),
            HoverTextArray = PlotlyParts.Hover(Hover),
            HoverInfo = Hover is null ? null : HoverInfoFlag.Text,
        };
    }
}
