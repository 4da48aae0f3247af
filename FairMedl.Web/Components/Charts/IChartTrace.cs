using System.Text.Json.Nodes;

namespace FairMedl.Web.Components.Charts;

/// <summary>One series of a chart.</summary>
public interface IChartTrace
{
    /// <summary>The series' name, for legend and tooltip.</summary>
    string Name { get; }

    /// <summary>The trace as plotly reads it. Colours may be CSS variables such as <c>var(--fm-series-1)</c>.</summary>
    JsonObject ToPlotly();
}
