using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Components.Theme;
using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using X = Plotly.Blazor.LayoutLib.XAxisLib;
using Y = Plotly.Blazor.LayoutLib.YAxisLib;

namespace FairMedl.Web.Components.Charts.Rendering;

/// <summary>The layout of a <see cref="ChartGrid"/> as Plotly.Blazor has it; a single chart is a grid of one panel.</summary>
public static class PlotlyLayout
{
    // Pixels: above the first panel row (legend, panel title), below the last (tick labels, axis title), between two rows.
    private const int TopMargin = 16, LegendHeight = 28, PanelTitleHeight = 24, BottomMargin = 52;
    private const double ColumnGap = .05, RowHalf = .5;

    // A row this high, in pixels, has room for its name and a second line.
    private const double TwoLines = 34;

    /// <summary>No mode bar and no logo; the chart follows the width of the page.</summary>
    public static Config Config { get; } = new()
    {
        DisplayLogo = false,
        DisplayModeBar = Plotly.Blazor.ConfigLib.DisplayModeBarEnum.False,
        Responsive = true
    };

    /// <summary>The height of a grid in pixels.</summary>
    public static int HeightOf(ChartGrid grid) => grid.Rows * grid.RowHeight + (grid.Legend ? LegendHeight : 0);

    /// <summary>The layout in a theme's colours.</summary>
    public static Plotly.Blazor.Layout Of(ChartGrid grid, ChartPalette palette)
    {
        bool hasTitles = grid.Panels.Count > 1;
        int top = TopMargin + (grid.Legend ? LegendHeight : 0) + (hasTitles ? PanelTitleHeight : 0);
        double plotHeight = HeightOf(grid) - top - BottomMargin;
        PanelFrame[] frames = [.. grid.Panels.Select((_, i) =>
            PanelFrame.Of(grid, i, ColumnGap, (BottomMargin + PanelTitleHeight + TopMargin) / plotHeight, plotHeight))];
        List<Shape> shapes = [];
        List<Annotation> annotations = [];
        List<XAxis> xAxes = [];
        List<YAxis> yAxes = [];
        for (int i = 0; i < grid.Panels.Count; i++)
        {
            Chart panel = grid.Panels[i];
            PlotlyMarks.Add(panel, PanelAxes.At(i), shapes, annotations, palette);
            if (hasTitles) annotations.Add(PlotlyMarks.PanelTitle(panel.Title, frames[i], palette));
            xAxes.Add(AxisX(panel.X, palette, frames[i], PanelAxes.At(i)));
            yAxes.Add(AxisY(panel.Y, palette, frames[i], PanelAxes.At(i)));
        }

        return new Plotly.Blazor.Layout
        {
            PaperBgColor = "rgba(0,0,0,0)",
            PlotBgColor = "rgba(0,0,0,0)",
            Font = new Font
            {
                Family = DesignTokens.Light["--fm-font"].Replace("\"", "'", StringComparison.Ordinal),
                Color = palette["var(--fm-ink)"],
                Size = 13
            },
            Separators = Display.Separators,
            Height = HeightOf(grid),
            Margin = new Margin { L = 56, R = RightMargin(grid), T = top, B = BottomMargin },
            XAxis = xAxes,
            YAxis = yAxes,
            BarMode = Enum.Parse<BarModeEnum>(grid.Panels[0].BarMode, ignoreCase: true),
            BarGap = (decimal)(1 - PlotlyMarks.BarsShare),
            ShowLegend = grid.Legend,
            Legend =
            [
                new Legend
                {
                    Orientation = Plotly.Blazor.LayoutLib.LegendLib.OrientationEnum.H,
                    X = 0,
                    Y = (decimal)(1 + (hasTitles ? PanelTitleHeight + 4 : 4) / plotHeight),
                    YAnchor = Plotly.Blazor.LayoutLib.LegendLib.YAnchorEnum.Bottom,
                    ItemSizing = Plotly.Blazor.LayoutLib.LegendLib.ItemSizingEnum.Constant,
                },
            ],
            HoverMode = HoverModeEnum.Closest,
            HoverLabel = new HoverLabel
            {
                BgColor = palette["var(--fm-surface)"],
                BorderColor = palette["var(--fm-line-strong)"],
                Font = new Plotly.Blazor.LayoutLib.HoverLabelLib.Font { Color = palette["var(--fm-ink)"] },
                Align = Plotly.Blazor.LayoutLib.HoverLabelLib.AlignEnum.Left,
            },
            DragMode = DragModeEnum.False,
            Shapes = shapes,
            Annotations = annotations,
        };
    }

    // Labels at the ends of lines are written outside the plot, at about 7 pixels a letter.
    private static int RightMargin(ChartGrid grid) =>
        Math.Max(24, 16 + 7 * grid.Panels.SelectMany(p => p.Traces).OfType<LineTrace>().Where(t => t.HasEndLabel).Select(t => t.Name.Length)
            .DefaultIfEmpty().Max());

    private static string Title(ChartAxis axis) => PlotlyParts.Literal(axis.Unit is null ? axis.Title : $"{axis.Title} ({axis.Unit})");

    private static IList<object>? Range(ChartAxis axis)
    {
        if (axis.Rows is { } rows) return [rows.Count - RowHalf, -RowHalf];
        if (axis is not { From: { } from, To: { } to }) return null;
        if (axis.Logarithmic) (from, to) = (Math.Log10(from), Math.Log10(to));
        return axis.Reversed ? [to, from] : [from, to];
    }

    private static IList<object> TickTexts(IReadOnlyList<ChartRow> rows, double rowHeight, ChartPalette palette) =>
    [
        .. rows.Select(row =>
        {
            string detail = row.Detail is null
                ? "" : $"{(rowHeight < TwoLines ? "  " : "<br>")}<span " +
                $"style=\"font-size:11px;color:{palette["var(--fm-ink-soft)"]}\">{PlotlyParts.Literal(row.Detail)}</span>";
            string name = PlotlyParts.Literal(row.Name);
            return (object)((row.IsFaded ? $"<span style=\"color:{palette["var(--fm-ink-faint)"]}\">{name}</span>" : name) + detail);
        }),
    ];

    // XAxis and YAxis are two classes with the same members and no common base, so this is written twice.
    private static XAxis AxisX(ChartAxis axis, ChartPalette palette, PanelFrame frame, PanelAxes axes) => new()
    {
        Title = new X.Title
        {
            Text = Title(axis),
            Standoff = 10,
            Font = new Plotly.Blazor.LayoutLib.XAxisLib.TitleLib.Font { Size = 12, Color = palette["var(--fm-ink-soft)"] }
        },
        Domain = [frame.Left, frame.Right],
        Anchor = axes.Y,
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
        TickAngle = axis.Categories is null ? null : 0,
        ShowGrid = axis.Categories is null ? null : false,
        Range = Range(axis),
        AutoRange = axis.Reversed && Range(axis) is null ? X.AutoRangeEnum.Reversed : null,
    };

    private static YAxis AxisY(ChartAxis axis, ChartPalette palette, PanelFrame frame, PanelAxes axes) => new()
    {
        Title = new Y.Title
        {
            Text = Title(axis),
            Standoff = 12,
            Font = new Plotly.Blazor.LayoutLib.YAxisLib.TitleLib.Font { Size = 12, Color = palette["var(--fm-ink-soft)"] }
        },
        Domain = [frame.Bottom, frame.Top],
        Anchor = axes.X,
        AutoMargin = Y.AutoMarginFlag.True,
        GridColor = palette["var(--fm-line)"],
        ZeroLineColor = palette["var(--fm-line-strong)"],
        LineColor = palette["var(--fm-line-strong)"],
        TickColor = palette["var(--fm-line-strong)"],
        ZeroLine = axis.Categories is null && axis.Rows is null && !axis.Logarithmic,
        Type = axis.Logarithmic ? Y.TypeEnum.Log : axis.Categories is null ? null : Y.TypeEnum.Category,
        TickFormat = axis.Format,
        RangeMode = axis.ZeroInView ? Y.RangeModeEnum.ToZero : null,
        CategoryOrder = axis.Categories is null ? null : Y.CategoryOrderEnum.Array,
        CategoryArray = axis.Categories is null ? null : PlotlyParts.Literals(axis.Categories),
        TickMode = axis.Rows is null ? null : Y.TickModeEnum.Array,
        TickVals = axis.Rows is { } rows ? [.. rows.Select((_, i) => (object)i)] : null,
        TickText = axis.Rows is { } names ? TickTexts(names, frame.Pixels / names.Count, palette) : null,
        // Only the first panel of a row names the rows.
        ShowTickLabels = axis.Rows is not null && frame.Column > 0 ? false : null,
        ShowGrid = axis.Categories is null && axis.Rows is null ? null : false,
        Range = Range(axis),
        AutoRange = axis.Reversed && Range(axis) is null ? Y.AutoRangeEnum.Reversed : null,
    };
}

/// <summary>A panel's place within the figure, in shares of its width and height from the lower left.</summary>
/// <param name="Column">The panel's column, from 0.</param>
/// <param name="Left">The left edge.</param>
/// <param name="Right">The right edge.</param>
/// <param name="Bottom">The lower edge.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Pixels">The height in pixels.</param>
public sealed record PanelFrame(int Column, double Left, double Right, double Bottom, double Top, double Pixels)
{
    /// <summary>The place of the i-th panel of a grid, with gaps between columns and rows.</summary>
    public static PanelFrame Of(ChartGrid grid, int i, double columnGap, double rowGap, double pixels)
    {
        int columns = Math.Min(grid.Columns, grid.Panels.Count), row = i / grid.Columns, column = i % grid.Columns;
        double width = (1 - columnGap * (columns - 1)) / columns, height = (1 - rowGap * (grid.Rows - 1)) / grid.Rows;
        double left = column * (width + columnGap), top = 1 - row * (height + rowGap);
        return new PanelFrame(column, left, Math.Min(1, left + width), Math.Max(0, top - height), top, height * pixels);
    }
}
