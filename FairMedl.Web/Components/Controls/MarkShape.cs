namespace FairMedl.Web.Components.Controls;

/// <summary>Plotly's markers and dashes as SVG, for the legend beside a chart or in a table.</summary>
internal static class MarkShape
{
    /// <summary>The outline of a marker around (0, 0), about 8 units wide.</summary>
    public static string Path(string symbol) => symbol.Replace("-open", "", StringComparison.Ordinal) switch
    {
        "square" => "M-3.5-3.5H3.5V3.5H-3.5Z",
        "diamond" => "M0-4.8 4.8 0 0 4.8-4.8 0Z",
        "triangle-up" => "M0-4.5 4.5 3.5H-4.5Z",
        "triangle-down" => "M0 4.5 4.5-3.5H-4.5Z",
        "cross" => "M-1.4-4.4H1.4V-1.4H4.4V1.4H1.4V4.4H-1.4V1.4H-4.4V-1.4H-1.4Z",
        "x" => "M-4-2.2-2.2-4 0-1.8 2.2-4 4-2.2 1.8 0 4 2.2 2.2 4 0 1.8-2.2 4-4 2.2-1.8 0Z",
        "star" => "M0-5 1.3-1.6 4.8-1.5 2 .7 3 4 0 2.1-3 4-2 .7-4.8-1.5-1.3-1.6Z",
        "hexagon" => "M0-4.6 4-2.3V2.3L0 4.6-4 2.3V-2.3Z",
        _ => "M-4 0A4 4 0 1 0 4 0 4 4 0 1 0-4 0Z",
    };

    /// <summary>Whether the marker is open (outline only).</summary>
    public static bool IsOpen(string symbol) => symbol.EndsWith("-open", StringComparison.Ordinal);

    /// <summary>The SVG dash array of a Plotly dash.</summary>
    public static string DashArray(string dash) => dash switch
    {
        "dash" => "6 4",
        "dot" => "2 3",
        "dashdot" => "6 3 2 3",
        _ => "none",
    };
}
