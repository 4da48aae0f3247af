using FairMedl.Core.Reports.Runs;

namespace FairMedl.Web.Components.Charts.Series;

/// <summary>Plotly's markers and dashes as SVG, for the legend beside a chart or in a table.</summary>
internal static class MarkShape
{
    /// <summary>The outline of a marker around (0, 0), about 8 units wide.</summary>
    public static string Path(string symbol) => ModelStyle.OutlineOf(symbol);

    /// <summary>Whether the marker is open (outline only).</summary>
    public static bool IsOpen(string symbol) => ModelStyle.IsOpenSymbol(symbol);

    /// <summary>The SVG dash array of a Plotly dash.</summary>
    public static string DashArray(string dash) => dash switch
    {
        "dash" => "6 4",
        "dot" => "2 3",
        "dashdot" => "6 3 2 3",
        _ => "none",
    };
}
