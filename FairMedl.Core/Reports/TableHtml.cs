using System.Text;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>Writes a table as an HTML element. Bands are told by a class for the colour and by the words in their own cell.</summary>
internal static class TableHtml
{
    /// <summary>A column whose cells are all this short is kept on one line: numbers, intervals, names.</summary>
    private const int ShortCell = 24;

    public static string Write(ReportTable table)
    {
        var text = new StringBuilder();
        text.Append("<figure class=\"table\" tabindex=\"0\" id=\"").Append(table.Anchor).Append("\">\n<table>\n<caption>").Append(HtmlText.Escape(table.Title)).Append("</caption>\n<thead><tr>");
        foreach (ReportColumn column in table.Columns)
        {
            text.Append("<th scope=\"col\"").Append(column.Alignment == CellAlignment.Right ? " class=\"number\"" : "");
            if (column.Description is { } description) text.Append(" title=\"").Append(HtmlText.Escape(description)).Append('"');
            text.Append('>').Append(HtmlText.Escape(column.Name)).Append("</th>");
        }

        text.Append("</tr></thead>\n<tbody>\n");
        bool[] isShort = table.Columns.Select((_, c) => table.Rows.All(row => row[c].Content.Length <= ShortCell)).ToArray();
        foreach (IReadOnlyList<ReportCell> row in table.Rows)
        {
            text.Append("<tr>");
            for (int c = 0; c < row.Count; c++) Cell(text, row[c], table.Columns[c], header: c == 0, isShort[c]);
            text.Append("</tr>\n");
        }

        text.Append("</tbody>\n</table>\n");
        if (table.Notes.Count > 0)
        {
            text.Append("<figcaption>");
            foreach (string note in table.Notes) text.Append("<p>").Append(HtmlText.Escape(note)).Append("</p>");
            text.Append("</figcaption>\n");
        }

        return text.Append("</figure>\n").ToString();
    }

    private static void Cell(StringBuilder text, ReportCell cell, ReportColumn column, bool header, bool isShort)
    {
        string[] classes = [column.Alignment == CellAlignment.Right ? "number" : "", isShort ? "short" : "", Class(cell.Effect)];
        string joined = string.Join(' ', classes.Where(c => c.Length > 0)), element = header ? "th" : "td";
        text.Append('<').Append(element).Append(header ? " scope=\"row\"" : "");
        if (joined.Length > 0) text.Append(" class=\"").Append(joined).Append('"');
        if (cell.Detail is { } detail) text.Append(" title=\"").Append(HtmlText.Escape(detail)).Append('"');
        // A true minus sign is as wide as the digits.
        string content = cell.IsNumber && cell.Content.StartsWith('-') ? "−" + cell.Content[1..] : cell.Content;
        text.Append('>').Append(HtmlText.Escape(content)).Append("</").Append(element).Append('>');
    }

    private static string Class(EffectSize effect) => effect switch
    {
        EffectSize.Undefined => "",
        EffectSize.ModerateToLarge => "effect-large",
        EffectSize.Low => "effect-low",
        EffectSize.Negligible => "effect-none",
        EffectSize.Worse => "effect-worse",
    };
}
