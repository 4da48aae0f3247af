using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.LayoutLib.ShapeLib;
using X = Plotly.Blazor.LayoutLib.XAxisLib;
using Y = Plotly.Blazor.LayoutLib.YAxisLib;

namespace FairMedl.Web.Components.Charts;

/// <summary>A <see cref="Chart"/>'s layout as Plotly.Blazor has it.</summary>
public static class PlotlyLayout
{
    // Of a name's width the bars of its group, of a bar's width the band on it: bands of neighbours stay apart.
    private const double BarsShare = .75, BandShare = .8;

    /// <summary>No mode bar, no logo; the chart follows the page's width.</summary>
    public static Config Config { get; } = new() { DisplayLogo = false, DisplayModeBar = Plotly.Blazor.ConfigLib.DisplayModeBarEnum.False, Responsive = true };

    /// <summary>The layout of a chart in a theme's colours.</summary>
    public static Plotly.Blazor.Layout Of(Chart chart, ChartPalette palette)
    {
        List<Shape> shapes = [];
        List<Annotation> annotations = [];
        foreach (ChartBand band in chart.Bands) AddMark(shapes, annotations, palette, band.Axis, band.From, band.To, band.Label);
        foreach (ChartCategoryBand band in chart.CategoryBands) shapes.Add(On(band, palette));
        foreach (ChartLine line in chart.Lines) AddMark(shapes, annotations, palette, line.Axis, line.At, line.At, line.Label);
        return new Plotly.Blazor.Layout
        {
            PaperBgColor = "rgba(0,0,0,0)",
            PlotBgColor = "rgba(0,0,0,0)",
            Font = new Font { Family = "Roboto, 'Segoe UI', system-ui, sans-serif", Color = palette["var(--fm-ink)"], Size = 13 },
            Separators = Display.Separators,
            Height = chart.Height,
            Margin = new Margin { L = 56, R = RightMargin(chart), T = chart.Legend ? 36 : 16, B = 48 },
            XAxis = [AxisX(chart.X, palette)],
            YAxis = [AxisY(chart.Y, palette)],
            BarMode = Enum.Parse<BarModeEnum>(chart.BarMode, ignoreCase: true),
            BarGap = (decimal)(1 - BarsShare),
            ShowLegend = chart.Legend,
            Legend = [new Legend { Orientation = Plotly.Blazor.LayoutLib.LegendLib.OrientationEnum.H, X = 0, Y = 1.02m, YAnchor = Plotly.Blazor.LayoutLib.LegendLib.YAnchorEnum.Bottom }],
            HoverMode = HoverModeEnum.Closest,
            HoverLabel = new HoverLabel { BgColor = palette["var(--fm-surface)"], BorderColor = palette["var(--fm-line-strong)"], Font = new Plotly.Blazor.LayoutLib.HoverLabelLib.Font { Color = palette["var(--fm-ink)"] }, Align = Plotly.Blazor.LayoutLib.HoverLabelLib.AlignEnum.Left },
            DragMode = DragModeEnum.False,
            Shapes = shapes,
            Annotations = annotations,
        };
    }

    // Names at the ends of lines stand outside the plot, at about 7 pixels a letter.
    private static int RightMargin(Chart chart) =>
        Math.Max(24, 16 + 7 * chart.Traces.OfType<LineTrace>().Where(t => t.LabelAtEnd).Select(t => t.Name.Length).DefaultIfEmpty().Max());

    private static string Title(ChartAxis axis) => PlotlyParts.Literal(axis.Unit is null ? axis.Title : $"{axis.Title} ({axis.Unit})");

    private static IList<object>? Range(ChartAxis axis)
    {
        if (axis is not { From: { } from, To: { } to }) return null;
        if (axis.Logarithmic) (from, to) = (Math.Log10(from), Math.Log10(to));
        return axis.Reversed ? [to, from] : [from, to];
    }

    // XAxis and YAxis are two classes with the same members and no common base: all of this stands twice.
    private static XAxis AxisX(ChartAxis axis, ChartPalette palette) => new()
    {
        Title = new X.Title { Text = Title(axis), Standoff = 12, Font = new Plotly.Blazor.LayoutLib.XAxisLib.TitleLib.Font { Size = 13 } },
        AutoMargin = X.AutoMarginFlag.True,
        GridColor = palette["var(--fm-line)"],
        ZeroLineColor = palette["var(--fm-line-strong)"],
        LineColor = palette["var(--fm-line-strong)"],
        TickColor = palette["var(--fm-line-strong)"],
        ZeroLine = axis.Categories is null && !axis.Logarithmic,
        Type = axis.Logarithmic ? X.TypeEnum.Log : axis.Categories is null ? null : X.TypeEnum.Category,
        TickFormat = axis.Format,
        RangeMode = axis.ZeroInView ? X.RangeModeEnum.ToZero : null,
        CategoryOrder = axis.Categories is null ? null : X.CategoryOrderEnum.Array,
        CategoryArray = axis.Categories is null ? null : PlotlyParts.Literals(axis.Categories),
        ShowGrid = axis.Categories is null ? null : false,
        Range = Range(axis),
        AutoRange = axis.Reversed && Range(axis) is null ? X.AutoRangeEnum.Reversed : null,
    };

    private static YAxis AxisY(ChartAxis axis, ChartPalette palette) => new()
    {
        Title = new Y.Title { Text = Title(axis), Standoff = 12, Font = new Plotly.Blazor.LayoutLib.YAxisLib.TitleLib.Font { Size = 13 } },
        AutoMargin = Y.AutoMarginFlag.True,
        GridColor = palette["var(--fm-line)"],
        ZeroLineColor = palette["var(--fm-line-strong)"],
        LineColor = palette["var(--fm-line-strong)"],
        TickColor = palette["var(--fm-line-strong)"],
        ZeroLine = axis.Categories is null && !axis.Logarithmic,
        Type = axis.Logarithmic ? Y.TypeEnum.Log : axis.Categories is null ? null : Y.TypeEnum.Category,
        TickFormat = axis.Format,
        RangeMode = axis.ZeroInView ? Y.RangeModeEnum.ToZero : null,
        CategoryOrder = axis.Categories is null ? null : Y.CategoryOrderEnum.Array,
        CategoryArray = axis.Categories is null ? null : PlotlyParts.Literals(axis.Categories),
        ShowGrid = axis.Categories is null ? null : false,
        Range = Range(axis),
        AutoRange = axis.Reversed && Range(axis) is null ? Y.AutoRangeEnum.Reversed : null,
    };

    // On an axis of names plotly counts them from 0; the bars of a group share its middle ("bargap").
    private static Shape On(ChartCategoryBand band, ChartPalette palette) => new()
    {
        Type = TypeEnum.Rect,
        Layer = LayerEnum.Above,
        XRef = "x",
        X0 = band.Category + BarsShare * ((band.Bar + (1 - BandShare) / 2) / band.Bars - .5),
        X1 = band.Category + BarsShare * ((band.Bar + (1 + BandShare) / 2) / band.Bars - .5),
        YRef = "y",
        Y0 = band.From,
        Y1 = band.To,
        FillColor = palette["var(--fm-noise)"],
        Line = new Line { Width = 1.5m, Color = palette[band.Color] },
    };

    private static void AddMark(List<Shape> shapes, List<Annotation> annotations, ChartPalette palette, char axis, double from, double to, string? label)
    {
        bool isX = axis == 'x', isBand = from != to;
        shapes.Add(new Shape
        {
            Type = isBand ? TypeEnum.Rect : TypeEnum.Line,
            Layer = LayerEnum.Below,
            XRef = isX ? "x" : "paper",
            X0 = isX ? from : 0,
            X1 = isX ? to : 1,
            YRef = isX ? "paper" : "y",
            Y0 = isX ? 0 : from,
            Y1 = isX ? 1 : to,
            FillColor = palette["var(--fm-noise)"],
            Line = new Line { Width = isBand ? 0 : 1, Color = palette["var(--fm-ink-soft)"], Dash = "dot" },
        });
        if (label is null) return;
        annotations.Add(new Annotation
        {
            Text = PlotlyParts.Literal(label),
            ShowArrow = false,
            Font = new Plotly.Blazor.LayoutLib.AnnotationLib.Font { Size = 11, Color = palette["var(--fm-ink-soft)"] },
            XRef = isX ? "x" : "paper",
            X = isX ? to : 1,
            XAnchor = isX ? Plotly.Blazor.LayoutLib.AnnotationLib.XAnchorEnum.Left : Plotly.Blazor.LayoutLib.AnnotationLib.XAnchorEnum.Right,
            YRef = isX ? "paper" : "y",
            Y = isX ? 1 : to,
            YAnchor = isX ? Plotly.Blazor.LayoutLib.AnnotationLib.YAnchorEnum.Top : Plotly.Blazor.LayoutLib.AnnotationLib.YAnchorEnum.Bottom,
        });
    }
}
