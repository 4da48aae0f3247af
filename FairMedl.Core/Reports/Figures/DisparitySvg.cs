using System.Globalization;
using System.Text;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Writers;

namespace FairMedl.Core.Reports.Figures;

/// <summary>
/// Draws a <see cref="DisparityFigure"/> as an inline SVG: two panels a row, with each model's colour and marker.
/// </summary>
internal static class DisparitySvg
{
    private const int PanelWidth = 500, Gap = 40, Labels = 130, Right = 24, Legend = 34, PanelTop = 34, Axis = 46, ValueHeight = 12,
        RowPadding = 12, LeastRow = 40;

    public static string Write(DisparityFigure figure)
    {
        int rowHeight = Math.Max(LeastRow, figure.Series.Count * ValueHeight + RowPadding);
        int panelHeight = PanelTop + figure.Panels.Max(p => p.Rows.Count) * rowHeight + Axis;
        int lines = (figure.Panels.Count + 1) / 2, width = 2 * PanelWidth + Gap, height = Legend + lines * panelHeight;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" " +
            $"aria-label=\"{HtmlText.Escape(figure.Title)}\">");
        WriteLegend(svg, figure);
        for (int p = 0; p < figure.Panels.Count; p++)
            WritePanel(svg, figure, figure.Panels[p], p % 2 * (PanelWidth + Gap), Legend + p / 2 * panelHeight, rowHeight);
        return svg.Append("</svg>").ToString();
    }

    private static void WriteLegend(StringBuilder svg, DisparityFigure figure)
    {
        double x = 8;
        for (int s = 0; s < figure.Series.Count; s++)
        {
            FigureMark.Draw(svg, figure.Styles[s], x, 14);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Point(x + 12)}\" y=\"18\">{HtmlText.Escape(figure.Series[s])}</text>");
            x += 36 + 7.2 * figure.Series[s].Length;
        }

        string floorOf = figure.Series.Count > 1 ? $" of {figure.Series[0]}" : "";
        svg.Append(CultureInfo.InvariantCulture,
            $"<rect x=\"{Point(x - 6)}\" y=\"8\" width=\"12\" height=\"12\" fill=\"#999\" fill-opacity=\"0.25\"/><text " +
            $"x=\"{Point(x + 12)}\" y=\"18\" fill=\"#555\">noise floor{HtmlText.Escape(floorOf)}</text>");
    }

    private static void WritePanel(StringBuilder svg, DisparityFigure figure, DisparityPanel panel, int left, int top, int rowHeight)
    {
        double most = panel.Rows.SelectMany(r => r.Values.SelectMany(v => new[] { v.Estimate.Value, v.Estimate.Upper })
            .Append(r.NoiseFloor)).OfType<double>().DefaultIfEmpty(0).Max();
        double step = Step(most), end = Math.Max(step, Math.Ceiling(most / step - 1e-9) * step);
        Digits tick = Digits.Fixed(Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9)));
        int x0 = left + Labels, bottom = top + PanelTop + panel.Rows.Count * rowHeight;
        double X(double value) => x0 + Math.Clamp(value / end, 0, 1) * (PanelWidth - Labels - Right);
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{left}\" y=\"{top + 14}\" font-weight=\"600\">{HtmlText.Escape(panel.Title)}</text>");
        for (int i = 0; i * step <= end + step / 2; i++)
        {
            string x = Point(X(i * step));
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{x}\" x2=\"{x}\" y1=\"{top + PanelTop - 8}\" y2=\"{bottom}\" stroke=\"#ddd\"/><text x=\"{x}\" " +
                $"y=\"{bottom + 16}\" text-anchor=\"middle\" fill=\"#555\">{tick.Format(i * step)}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{left + PanelWidth}\" y=\"{bottom + 33}\" text-anchor=\"end\" fill=\"#555\" " +
            $"font-size=\"11\">{HtmlText.Escape(panel.Axis)}</text>");
        for (int r = 0; r < panel.Rows.Count; r++)
            WriteRow(svg, figure, panel.Rows[r], left, x0, top + PanelTop + r * rowHeight, rowHeight, X);
    }

    private static void WriteRow(StringBuilder svg, DisparityFigure figure, DisparityRow row, int left, int x0, int top, int rowHeight,
        Func<double, double> scale)
    {
        int middle = top + rowHeight / 2 - 4;
        string label = row.Label.Length > 20 ? row.Label[..19] + "…" : row.Label;
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{left}\" y=\"{middle}\">{HtmlText.Escape(label)}<title>{HtmlText.Escape(row.Label)}</title></text><text " +
            $"x=\"{left}\" y=\"{middle + 14}\" fill=\"#555\" font-size=\"11\">{row.GroupsWords}</text>");
        if (row.NoiseFloor is { } floor)
            svg.Append(CultureInfo.InvariantCulture,
                $"<rect x=\"{x0}\" y=\"{top + 2}\" width=\"{Point(scale(floor) - x0)}\" height=\"{rowHeight - 8}\" fill=\"#999\" " +
                $"fill-opacity=\"0.25\"><title>noise floor {Digits.Significant(3).Format(floor)}</title></rect>");
        double first = top + (rowHeight - 4 - (row.Values.Count - 1) * ValueHeight) / 2.0;
        for (int s = 0; s < row.Values.Count; s++)
        {
            Estimate estimate = row.Values[s].Estimate;
            double y = first + s * ValueHeight;
            if (estimate.Value is not { } value)
            {
                svg.Append(CultureInfo.InvariantCulture,
                    $"<text x=\"{x0 + 6}\" y=\"{Point(y + 4)}\" fill=\"#555\" font-size=\"11\">– " +
                    $"({HtmlText.Escape(estimate.Undefined ?? "undefined")})<title>{HtmlText.Escape(row.Values[s].Run)}</title></text>");
                continue;
            }

            if (estimate is { Lower: { } lower, Upper: { } upper })
                FigureMark.Interval(svg, figure.Styles[s], scale(lower), scale(upper), y);
            FigureMark.Draw(svg, figure.Styles[s], scale(value), y,
                $"{row.Values[s].Run}, {row.Label}: {Digits.Significant(3).Format(value)}");
        }
    }

    /// <summary>A step of 1, 2 or 5 times a power of ten that gives about five ticks.</summary>
    private static double Step(double most)
    {
        if (most <= 0) return 1;
        double raw = most / 5, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }

    private static string Point(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
