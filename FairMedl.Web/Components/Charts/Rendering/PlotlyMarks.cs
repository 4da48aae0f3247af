using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Components.Theme;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.LayoutLib.ShapeLib;
using XAnchor = Plotly.Blazor.LayoutLib.AnnotationLib.XAnchorEnum;
using YAnchor = Plotly.Blazor.LayoutLib.AnnotationLib.YAnchorEnum;

namespace FairMedl.Web.Components.Charts.Rendering;

/// <summary>Bands, reference lines and panel titles as plotly's shapes and annotations.</summary>
internal static class PlotlyMarks
{
    /// <summary>The share of a category's width that its bars take.</summary>
    public const double BarsShare = .75;

    // The share of a bar that its band covers, and of a row that its band covers: neighbouring bands stay apart.
    private const double BarBandShare = .8, RowBandShare = .84;

    /// <summary>Adds a panel's bands and lines.</summary>
    public static void Add(Chart panel, PanelAxes axes, List<Shape> shapes, List<Annotation> annotations, ChartPalette palette)
    {
        foreach (ChartBand band in panel.Bands) AddMark(shapes, annotations, palette, axes, band.Axis, band.From, band.To, band.Label);
        foreach (ChartRowBand band in panel.RowBands) shapes.Add(Over(band, axes, palette));
        foreach (ChartCategoryBand band in panel.CategoryBands) shapes.Add(Over(band, axes, palette));
        foreach (ChartLine line in panel.Lines) AddMark(shapes, annotations, palette, axes, line.Axis, line.At, line.At, line.Label);
    }

    /// <summary>A panel's title, above its upper left corner.</summary>
    public static Annotation PanelTitle(string title, PanelFrame frame, ChartPalette palette) => new()
    {
        Text = $"<b>{PlotlyParts.Literal(title)}</b>",
        ShowArrow = false,
        Font = new Plotly.Blazor.LayoutLib.AnnotationLib.Font { Size = 13, Color = palette["var(--fm-ink)"] },
        XRef = "paper",
        X = frame.Left,
        XAnchor = XAnchor.Left,
        YRef = "paper",
        Y = frame.Top,
        YAnchor = YAnchor.Bottom,
        YShift = 2,
    };

    private static Shape Over(ChartRowBand band, PanelAxes axes, ChartPalette palette) => new()
    {
        Type = TypeEnum.Rect,
        Layer = LayerEnum.Below,
        XRef = axes.X,
        X0 = band.From,
        X1 = band.To,
        YRef = axes.Y,
        Y0 = DotTrace.Position(band.Row, band.Slot ?? 0, band.Slot is null ? 1 : band.Slots) - HalfHeight(band),
        Y1 = DotTrace.Position(band.Row, band.Slot ?? 0, band.Slot is null ? 1 : band.Slots) + HalfHeight(band),
        FillColor = palette["var(--fm-noise)"],
        Line = new Line { Width = 0 },
    };

    private static double HalfHeight(ChartRowBand band) => band.Slot is null ? RowBandShare / 2 : .45 * DotTrace.SlotShare / band.Slots;

    // On an axis of names plotly counts the names from 0.
    private static Shape Over(ChartCategoryBand band, PanelAxes axes, ChartPalette palette) => new()
    {
        Type = TypeEnum.Rect,
        Layer = LayerEnum.Above,
        XRef = axes.X,
        X0 = band.Category + BarsShare * ((band.Bar + (1 - BarBandShare) / 2) / band.Bars - .5),
        X1 = band.Category + BarsShare * ((band.Bar + (1 + BarBandShare) / 2) / band.Bars - .5),
        YRef = axes.Y,
        Y0 = band.From,
        Y1 = band.To,
        FillColor = palette["var(--fm-noise)"],
        Line = new Line { Width = 1.5m, Color = palette[band.Color] },
    };

    private static void AddMark(
        List<Shape> shapes, List<Annotation> annotations, ChartPalette palette, PanelAxes axes, char axis, double from,
        double to, string? label)
    {
        bool isX = axis == 'x', isBand = from != to;
        string xDomain = $"{axes.X} domain", yDomain = $"{axes.Y} domain";
        shapes.Add(new Shape
        {
            Type = isBand ? TypeEnum.Rect : TypeEnum.Line,
            Layer = LayerEnum.Below,
            XRef = isX ? axes.X : xDomain,
            X0 = isX ? from : 0,
            X1 = isX ? to : 1,
            YRef = isX ? yDomain : axes.Y,
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
            XRef = isX ? axes.X : xDomain,
            X = isX ? to : 1,
            XAnchor = isX ? XAnchor.Left : XAnchor.Right,
            YRef = isX ? yDomain : axes.Y,
            Y = isX ? 1 : to,
            YAnchor = isX ? YAnchor.Top : YAnchor.Bottom,
        });
    }
}
