using Plotly.Blazor;

namespace FairMedl.Web.Components.Charts;

/// <summary>One series of a chart.</summary>
public interface IChartTrace
{
    /// <summary>The series' name, for legend and tooltip.</summary>
    string Name { get; }

    /// <summary>The trace as Plotly.Blazor has it, in a theme's colours.</summary>
    ITrace ToPlotly(ChartPalette palette);
}
