using FairMedl.Web.Components.Charts.Rendering;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Theme;
using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;

namespace FairMedl.Web.Components.Charts.Traces;

/// <summary>Points by two numbers, labelled directly, with intervals both ways: accuracy against fairness.</summary>
public sealed record ScatterTrace(string Name, IReadOnlyList<double?> X, IReadOnlyList<double?> Y, SeriesStyle Style) : IChartTrace
{
    /// <summary>The name written beside each point; null = the legend names the points.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Where the names are written.</summary>
    public TextPositionEnum LabelPosition { get; init; } = TextPositionEnum.TopRight;

    /// <summary>The lower ends across.</summary>
    public IReadOnlyList<double?>? XLower { get; init; }

    /// <summary>The upper ends across.</summary>
    public IReadOnlyList<double?>? XUpper { get; init; }

    /// <summary>The lower ends upwards.</summary>
    public IReadOnlyList<double?>? YLower { get; init; }

    /// <summary>The upper ends upwards.</summary>
    public IReadOnlyList<double?>? YUpper { get; init; }

    /// <summary>Tooltips by point.</summary>
    public IReadOnlyList<ChartTip>? Hover { get; init; }

    /// <summary>Pixels.</summary>
    public int MarkerSize { get; init; } = 11;

    /// <inheritdoc />
    public IEnumerable<ChartDatum> Data => X.Zip(Y).Select((p, i) => new ChartDatum(
        p.First is { } x ? Display.Number(x) : "–", p.Second, YLower?[i], YUpper?[i]));

    /// <inheritdoc />
    public ITrace ToPlotly(ChartPalette palette, PanelAxes axes) => new Scatter
    {
        Mode = Labels is null ? ModeFlag.Markers : ModeFlag.Markers | ModeFlag.Text,
        Name = PlotlyParts.Literal(Name),
        XAxis = axes.X,
        YAxis = axes.Y,
        LegendGroup = Name,
        ShowLegend = axes.IsFirst ? null : false,
        X = PlotlyParts.Numbers(X),
        Y = PlotlyParts.Numbers(Y),
        Marker = PlotlyParts.Marker(Style, palette, MarkerSize),
        ClipOnAxis = false,
        TextArray = Labels is null ? null : [.. Labels.Select(PlotlyParts.Literal)],
        TextPosition = Labels is null ? null : LabelPosition,
        ErrorX = PlotlyParts.Across(palette[Style.Color], PlotlyParts.Interval(X, XLower, XUpper)),
        ErrorY = PlotlyParts.Upwards(palette[Style.Color], PlotlyParts.Interval(Y, YLower, YUpper)),
        HoverTextArray = PlotlyParts.Hover(Hover),
        HoverInfo = Hover is null ? null : HoverInfoFlag.Text,
    };
}
