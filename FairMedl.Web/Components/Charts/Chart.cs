using FairMedl.Web.Components.Charts.Traces;

namespace FairMedl.Web.Components.Charts;

/// <summary>A chart, or one panel of a <see cref="ChartGrid"/>, as plain data. Undefined values are null and leave a gap.</summary>
public sealed record Chart
{
    /// <summary>The title, in words.</summary>
    public required string Title { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required ChartAxis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required ChartAxis Y { get; init; }

    /// <summary>The series, from back to front.</summary>
    public required IReadOnlyList<IChartTrace> Traces { get; init; }

    /// <summary>Grey bands behind the data, such as the noise floor of a single metric.</summary>
    public IReadOnlyList<ChartBand> Bands { get; init; } = [];

    /// <summary>
    /// Grey bands over single rows of a vertical axis with <see cref="ChartAxis.Rows"/>, such as the noise floor by attribute.
    /// </summary>
    public IReadOnlyList<ChartRowBand> RowBands { get; init; } = [];

    /// <summary>Grey bands over single bars of a horizontal axis of names.</summary>
    public IReadOnlyList<ChartCategoryBand> CategoryBands { get; init; } = [];

    /// <summary>Thin reference lines, such as a limit that the user set.</summary>
    public IReadOnlyList<ChartLine> Lines { get; init; } = [];

    /// <summary>Whether the series' legend is shown above the plot.</summary>
    public bool Legend { get; init; }

    /// <summary>How bars of several series are arranged: group, stack or overlay.</summary>
    public string BarMode { get; init; } = "group";

    /// <summary>Height in pixels.</summary>
    public int Height { get; init; } = 340;
}

/// <summary>Several charts drawn as one figure with a common legend, in rows of <paramref name="Columns"/> panels.</summary>
/// <param name="Title">The figure's title.</param>
/// <param name="Panels">The panels, row by row. Panels of one row share the names of a vertical axis with
/// <see cref="ChartAxis.Rows"/>.</param>
/// <param name="Columns">Panels side by side.</param>
public sealed record ChartGrid(string Title, IReadOnlyList<Chart> Panels, int Columns = 2)
{
    /// <summary>Height of a row of panels in pixels.</summary>
    public int RowHeight { get; init; } = 300;

    /// <summary>Whether the series' legend is shown above the panels.</summary>
    public bool Legend { get; init; } = true;

    /// <summary>How many rows of panels there are.</summary>
    public int Rows => (Panels.Count + Columns - 1) / Columns;
}

/// <summary>An axis.</summary>
/// <param name="Title">The quantity.</param>
/// <param name="Unit">Its unit, shown in parentheses.</param>
public sealed record ChartAxis(string Title, string? Unit = null)
{
    /// <summary>Whether zero is always in view, as for spreads.</summary>
    public bool ZeroInView { get; init; }

    /// <summary>The lowest value in view; null = chosen from the data. Set both ends or neither.</summary>
    public double? From { get; init; }

    /// <summary>The highest value in view; null = chosen from the data.</summary>
    public double? To { get; init; }

    /// <summary>All names of a category axis, in order.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>The rows of a vertical axis of named rows, from top to bottom: for dot plots with <see cref="DotTrace"/> series.</summary>
    public IReadOnlyList<ChartRow>? Rows { get; init; }

    /// <summary>The d3 format of the tick labels, such as ".2f" or ".0%"; null = plotly's choice.</summary>
    public string? Format { get; init; }

    /// <summary>Whether the axis runs from right to left, or from top to bottom.</summary>
    public bool Reversed { get; init; }

    /// <summary>Whether the axis is logarithmic.</summary>
    public bool Logarithmic { get; init; }
}

/// <summary>A named row of a dot plot.</summary>
/// <param name="Name">The name, such as a group's.</param>
/// <param name="Detail">A second, smaller line, such as "288 positives".</param>
/// <param name="IsFaded">Whether the label is faded, as for a group too small to judge.</param>
public sealed record ChartRow(string Name, string? Detail = null, bool IsFaded = false);

/// <summary>A grey band across the whole chart between two values of an axis.</summary>
/// <param name="Axis">'x' or 'y'.</param>
/// <param name="From">The lower end.</param>
/// <param name="To">The upper end.</param>
/// <param name="Label">A label inside the band.</param>
public sealed record ChartBand(char Axis, double From, double To, string? Label = null);

/// <summary>A grey band over one row of a dot plot, between two values of the horizontal axis.</summary>
/// <param name="Row">The row's index in <see cref="ChartAxis.Rows"/>.</param>
/// <param name="From">The lower end.</param>
/// <param name="To">The upper end.</param>
public sealed record ChartRowBand(int Row, double From, double To)
{
    /// <summary>The slot that it covers, as of <see cref="DotTrace.Slot"/>; null = the whole row.</summary>
    public int? Slot { get; init; }

    /// <summary>How many series share the rows.</summary>
    public int Slots { get; init; } = 1;
}

/// <summary>A grey band over one of the bars that share a name of the horizontal axis.</summary>
/// <param name="Category">The name's index in <see cref="ChartAxis.Categories"/>.</param>
/// <param name="From">The lower end.</param>
/// <param name="To">The upper end.</param>
public sealed record ChartCategoryBand(int Category, double From, double To)
{
    /// <summary>The index of the bar among those that share the name.</summary>
    public int Bar { get; init; }

    /// <summary>How many bars share the name.</summary>
    public int Bars { get; init; } = 1;

    /// <summary>The edge's colour: the bar's own.</summary>
    public string Color { get; init; } = "var(--fm-ink-soft)";
}

/// <summary>A thin dotted line across the whole chart at one value of an axis.</summary>
/// <param name="Axis">'x' or 'y'.</param>
/// <param name="At">The value.</param>
/// <param name="Label">A label beside the line.</param>
public sealed record ChartLine(char Axis, double At, string? Label = null);
