using System.Globalization;
using System.Text;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Writers;

namespace FairMedl.Core.Reports.Figures;

/// <summary>Draws the marker of a <see cref="ModelStyle"/> in a figure.</summary>
internal static class FigureMark
{
    /// <summary>Maximum number of models in a figure.</summary>
    public const int MostModels = 4;

    /// <summary>Draws the marker.</summary>
    /// <param name="svg">The figure.</param>
    /// <param name="style">Colour and shape.</param>
    /// <param name="x">Centre.</param>
    /// <param name="y">Centre.</param>
    /// <param name="tooltip">Text of the tooltip; null = none.</param>
    public static void Draw(StringBuilder svg, ModelStyle style, double x, double y, string? tooltip = null)
    {
        svg.Append(CultureInfo.InvariantCulture,
            $"<path d=\"{ModelStyle.OutlineOf(style.Symbol)}\" transform=\"translate({FigureScale.Point(x)} {FigureScale.Point(y)})\" " +
            $"fill=\"{(style.IsOpen ? "#fff" : style.Hex)}\" stroke=\"{style.Hex}\" stroke-width=\"1.5\"");
        if (tooltip is null) svg.Append("/>");
        else svg.Append("><title>").Append(HtmlText.Escape(tooltip)).Append("</title></path>");
    }

    /// <summary>Draws the line of a 95% interval.</summary>
    public static void Interval(StringBuilder svg, ModelStyle style, double from, double to, double y) =>
        svg.Append(CultureInfo.InvariantCulture,
            $"<line x1=\"{FigureScale.Point(from)}\" x2=\"{FigureScale.Point(to)}\" y1=\"{FigureScale.Point(y)}\" " +
            $"y2=\"{FigureScale.Point(y)}\" stroke=\"{style.Hex}\" stroke-width=\"1.5\"/>");
}
