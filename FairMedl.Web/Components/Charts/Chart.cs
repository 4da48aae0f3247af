namespace FairMedl.Web.Components.Charts;

/// <summary>A chart as plain data: what <see cref="ChartFigure"/> draws. Undefined values are null and leave a gap.</summary>
public sealed record Chart
{
    /// <summary>Stands above the chart, in words.</summary>
    public required string Title { get; init; }

    /// <summary>Across.</summary>
    public required ChartAxis X { get; init; }

    /// <summary>Up.</summary>
    public required ChartAxis Y { get; init; }

    /// <summary>What is drawn, from the back to the front.</summary>
    public required IReadOnlyList<IChartTrace> Traces { get; init; }

    /// <summary>Grey bands behind everything, such as the noise floor.</summary>
    public IReadOnlyList<ChartBand> Bands { get; init; } = [];

    /// <summary>Grey bands on the bars of single names of an axis across, such as what chance alone would show of each group.</summary>
    public IReadOnlyList<ChartCategoryBand> CategoryBands { get; init; } = [];

    /// <summary>Thin reference lines, such as a line that the person set.</summary>
    public IReadOnlyList<ChartLine> Lines { get; init; } = [];

    /// <summary>Whether plotly's own legend is shown; direct labels are better where they fit.</summary>
    public bool Legend { get; init; }

    /// <summary>How bars of several traces stand to one another: group, stack or overlay.</summary>
    public string BarMode { get; init; } = "group";

    /// <summary>Pixels.</summary>
    public int Height { get; init; } = 340;
}

/// <summary>An axis.</summary>
/// <param name="Title">What is measured.</param>
/// <param name="Unit">Its unit, shown in brackets.</param>
public sealed record ChartAxis(string Title, string? Unit = null)
{
    /// <summary>Whether zero is in view whatever the values are, as for spreads.</summary>
    public bool ZeroInView { get; init; }

    /// <summary>The lowest value in view; null = by the data. Both ends or neither.</summary>
    public double? From { get; init; }

    /// <summary>The highest value in view; null = by the data.</summary>
    public double? To { get; init; }

    /// <summary>For an axis of names: all of them, in order.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>d3's format of the tick labels, such as ".2f" or ".0%"; null = plotly's choice.</summary>
    public string? Format { get; init; }

    /// <summary>Whether it runs from right to left, or from top to bottom.</summary>
    public bool Reversed { get; init; }

    /// <summary>Whether the axis is logarithmic.</summary>
    public bool Logarithmic { get; init; }
}

/// <summary>A grey band over the whole chart between two values of an axis.</summary>
/// <param name="Axis">'x' or 'y'.</param>
/// <param name="From">Its lower end.</param>
/// <param name="To">Its upper end.</param>
/// <param name="Label">Written into it.</param>
public sealed record ChartBand(char Axis, double From, double To, string? Label = null);

/// <summary>A grey band over one of the bars that stand side by side at one name of the axis across.</summary>
/// <param name="Category">The name's place in <see cref="ChartAxis.Categories"/>, from 0.</param>
/// <param name="From">Its lower end.</param>
/// <param name="To">Its upper end.</param>
public sealed record ChartCategoryBand(int Category, double From, double To)
{
    /// <summary>Which of the bars, from 0.</summary>
    public int Bar { get; init; }

    /// <summary>How many bars stand there.</summary>
    public int Bars { get; init; } = 1;

    /// <summary>Its edge: the bar's own colour.</summary>
    public string Color { get; init; } = "var(--fm-ink-soft)";
}

/// <summary>A thin dotted line over the whole chart at a value of an axis.</summary>
/// <param name="Axis">'x' or 'y'.</param>
/// <param name="At">Where.</param>
/// <param name="Label">Written beside it.</param>
public sealed record ChartLine(char Axis, double At, string? Label = null);
