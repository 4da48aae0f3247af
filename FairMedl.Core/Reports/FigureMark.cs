using System.Globalization;
using System.Text;

namespace FairMedl.Core.Reports;

/// <summary>Colour and shape of a series in a figure: Okabe-Ito colours, with the shape as a second cue.</summary>
/// <param name="Colour">As SVG writes it.</param>
/// <param name="Shape">Its path around the origin, five units wide and high on either side.</param>
/// <param name="Symbol">The same shape as a character, for a legend.</param>
internal sealed record FigureMark(string Colour, string Shape, string Symbol)
{
    private static readonly FigureMark[] All =
    [
        new("#0072B2", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", "●"),
        new("#D55E00", "M0 -6l6 6l-6 6l-6 -6z", "◆"),
        new("#009E73", "M-5 -5h10v10h-10z", "■"),
        new("#CC79A7", "M0 -6l6 11h-12z", "▲"),
    ];

    /// <summary>Number of distinguishable marks.</summary>
    public static int Count => All.Length;

    /// <summary>The mark of a series by its position.</summary>
    public static FigureMark Of(int series) => All[series % All.Length];

    /// <summary>Draws a value with its interval; the tooltip gives both.</summary>
    public void Draw(StringBuilder svg, double x, double y, double? from, double? to, string tooltip)
    {
        svg.Append("<g>");
        if (from is { } lower && to is { } upper)
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{FigureScale.Point(lower)}\" x2=\"{FigureScale.Point(upper)}\" y1=\"{FigureScale.Point(y)}\" " +
                $"y2=\"{FigureScale.Point(y)}\" stroke=\"{Colour}\" stroke-width=\"1.5\"/>");
        svg.Append(CultureInfo.InvariantCulture,
            $"<path d=\"{Shape}\" transform=\"translate({FigureScale.Point(x)} {FigureScale.Point(y)}) scale(.8)\" fill=\"{Colour}\"/>");
        svg.Append("<title>").Append(HtmlText.Escape(tooltip)).Append("</title></g>");
    }
}
