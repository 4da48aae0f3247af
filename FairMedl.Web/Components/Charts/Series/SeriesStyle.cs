using FairMedl.Core.Reports.Runs;

namespace FairMedl.Web.Components.Charts.Series;

/// <summary>
/// The look of a model or group, the same on every page and in both themes: a colour of the Okabe-Ito palette, with a dash and a
/// marker as second cues.
/// </summary>
/// <param name="Color">A CSS variable of tokens.css, such as <c>var(--fm-series-6)</c>; charts look it up when they draw.</param>
/// <param name="Dash">Plotly's name for the dash: solid, dash, dot or dashdot.</param>
/// <param name="Symbol">Plotly's name for the marker.</param>
public sealed record SeriesStyle(string Color, string Dash, string Symbol)
{
    /// <summary>The style of a model in the catalogue, as in reports.</summary>
    public static SeriesStyle OfModel(string id) => Of(ModelStyle.OfModel(id));

    /// <summary>The style of the i-th group, run or line: eight colours, then the same colours with another dash and marker.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static SeriesStyle At(int index) => Of(ModelStyle.At(index));

    /// <summary>A style with the colour of the page's theme.</summary>
    public static SeriesStyle Of(ModelStyle style) => new($"var(--fm-series-{style.Color})", style.Dash, style.Symbol);
}
