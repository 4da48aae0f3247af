using FairMedl.Web.Components.Theme;
using Plotly.Blazor;

namespace FairMedl.Web.Components.Charts.Traces;

/// <summary>One series of a chart.</summary>
public interface IChartTrace
{
    /// <summary>The series' name, for legend, tooltip and table.</summary>
    string Name { get; }

    /// <summary>The series as Plotly.Blazor draws it.</summary>
    /// <param name="palette">The theme's colours.</param>
    /// <param name="axes">The axes of the panel that it belongs to.</param>
    ITrace ToPlotly(ChartPalette palette, PanelAxes axes);

    /// <summary>The series' numbers, for the chart's table and its CSV.</summary>
    IEnumerable<ChartDatum> Data { get; }
}

/// <summary>The names of a panel's axes in plotly ("x", "y" for the first panel, then "x2", "y2", ...).</summary>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="IsFirst">Whether the panel is the figure's first, whose series make the legend.</param>
public sealed record PanelAxes(string X, string Y, bool IsFirst = true)
{
    /// <summary>The axes of the i-th panel, from 0.</summary>
    public static PanelAxes At(int i) => i == 0 ? new("x", "y") : new($"x{i + 1}", $"y{i + 1}", IsFirst: false);
}

/// <summary>One number of a chart.</summary>
/// <param name="At">The category, row or horizontal value that it belongs to.</param>
/// <param name="Value">The value; null = undefined.</param>
/// <param name="Lower">The lower end of its interval, where it has one.</param>
/// <param name="Upper">The upper end of its interval.</param>
public sealed record ChartDatum(string At, double? Value, double? Lower = null, double? Upper = null);
