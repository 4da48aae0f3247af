using System.Globalization;
using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Writers;

namespace FairMedl.Core.Reports.Figures;

/// <summary>Draws a <see cref="GroupFigure"/> as SVG in the text width of a printed page.</summary>
internal static class GroupFigureSvg
{
    private const int Width = 720, Left = 230, Right = 16, Gap = 40, Top = 50, Bottom = 26, LongestName = 24;

    public static string Write(GroupFigure figure)
    {
        int rowHeight = Math.Max(24, 9 * figure.Models.Count + 9), height = Top + figure.Rows.Count * rowHeight + Bottom;
        double panel = (double)(Width - Left - Right - Gap * (figure.Panels.Count - 1)) / figure.Panels.Count;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\" " +
            $"aria-label=\"{HtmlText.Escape(figure.Title)}\">");
        Legend(svg, figure);
        for (int r = 0; r < figure.Rows.Count; r++) Name(svg, figure.Rows[r], Top + r * rowHeight, rowHeight, shaded: r % 2 == 0);
        for (int p = 0; p < figure.Panels.Count; p++)
        {
            Estimate[] values = [.. figure.Rows.SelectMany(r => r.Values[p])];
            double most = values.SelectMany(v => new[] { v.Value, v.Upper }).OfType<double>().DefaultIfEmpty(0).Max();
            Panel(svg, figure, p, FigureScale.Of(most, Left + p * (panel + Gap), panel), rowHeight, height);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Legend(StringBuilder svg, GroupFigure figure)
    {
        double step = (double)Width / figure.Models.Count;
        for (int m = 0; m < figure.Models.Count; m++)
        {
            FigureMark.Draw(svg, figure.Styles[m], m * step + 6, 8);
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{FigureScale.Point(m * step + 16)}\" y=\"12\">{HtmlText.Escape(Shorten(figure.Models[m], 36))}</text>");
        }
    }

    private static void Name(StringBuilder svg, GroupFigureRow row, int top, int height, bool shaded)
    {
        if (shaded)
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"0\" y=\"{top}\" width=\"{Width}\" height=\"{height}\" fill=\"#f4f6f8\"/>");
        string size = row.Positives is { } positives && row.Negatives is { } negatives
            ? $"n = {MessageText.Count(row.N)}: {MessageText.Count(positives, "positive")}, {MessageText.Count(negatives, "negative")}"
            : $"n = {MessageText.Count(row.N)}";
        string faded = row.IsSmall ? " fill=\"#8a939d\"" : "";
        double middle = top + height / 2.0;
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"6\" y=\"{FigureScale.Point(middle + 4)}\"{faded}>{HtmlText.Escape(Shorten(row.Group, LongestName))}{(row.IsSmall ? " †" : "")}<title>{HtmlText.Escape($"{row.Group}, {size}")}</title></text>");
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{Left - 12}\" y=\"{FigureScale.Point(middle + 4)}\" text-anchor=\"end\" fill=\"#5a6675\" font-size=\"10\">n = " +
            $"{MessageText.Count(row.N)}</text>");
    }

    private static void Panel(StringBuilder svg, GroupFigure figure, int panel, FigureScale scale, int rowHeight, int height)
    {
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{FigureScale.Point(scale.Start)}\" y=\"{Top - 11}\" " +
            $"font-weight=\"600\">{HtmlText.Escape(figure.Panels[panel])}</text>");
        foreach (double tick in scale.Ticks)
        {
            string x = FigureScale.Point(scale.At(tick));
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{x}\" x2=\"{x}\" y1=\"{Top - 4}\" y2=\"{height - Bottom}\" stroke=\"#d5dbe2\"/><text x=\"{x}\" " +
                $"y=\"{height - Bottom + 15}\" text-anchor=\"middle\" fill=\"#5a6675\" font-size=\"10\">{scale.Label(tick)}</text>");
        }

        for (int r = 0; r < figure.Rows.Count; r++)
        {
            GroupFigureRow row = figure.Rows[r];
            svg.Append(row.IsSmall ? "<g opacity=\".4\">" : "<g>");
            double first = Top + r * rowHeight + rowHeight / 2.0 - 9 * (figure.Models.Count - 1) / 2.0;
            for (int m = 0; m < figure.Models.Count; m++) Mark(svg, figure, row.Values[panel][m], panel, m, scale, first + 9 * m);
            svg.Append("</g>");
        }
    }

    private static void Mark(StringBuilder svg, GroupFigure figure, Estimate estimate, int panel, int model, FigureScale scale, double y)
    {
        string name = $"{figure.Models[model]}, {figure.Panels[panel]}";
        if (estimate.Value is not { } value)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{FigureScale.Point(scale.Start + 4)}\" y=\"{FigureScale.Point(y + 3)}\" fill=\"#5a6675\" font-size=\"9\">– " +
                $"({HtmlText.Escape(estimate.Undefined ?? "undefined")})<title>{HtmlText.Escape(name)}</title></text>");
            return;
        }

        Digits digits = figure.Panels[panel] == "MSE" ? Digits.Significant(4) : Digits.Rate;
        string interval = estimate is { Lower: { } lower, Upper: { } upper }
            ? $" [95% CI {digits.Format(lower)} to {digits.Format(upper)}]" : "";
        svg.Append("<g>");
        if (estimate is { Lower: { } from, Upper: { } to })
            FigureMark.Interval(svg, figure.Styles[model], scale.At(from), scale.At(to), y);
        FigureMark.Draw(svg, figure.Styles[model], scale.At(value), y, $"{name} {digits.Format(value)}{interval}");
        svg.Append("</g>");
    }

    private static string Shorten(string text, int longest)
    {
        if (text.Length <= longest) return text;
        int cut = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..cut] + "…";
    }
}
