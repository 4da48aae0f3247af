using System.Text;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;

namespace FairMedl.Core.Reports.Writers;

/// <summary>Writes a table as an HTML element. A class gives the colour of an effect band; its words are in a cell of their own.</summary>
internal static class TableHtml
{
    /// <summary>Maximum length of cells that stay on one line, such as numbers, intervals and names.</summary>
    private const int ShortCell = 24;

    /// <summary>Maximum number of rows of a table that is not split between printed pages.</summary>
    private const int RowsKept = 24;

    /// <summary>Number of columns from which a table is set in small type.</summary>
    private const int ManyColumns = 12;

    public static string Write(ReportTable table)
    {
        var text = new StringBuilder();
        text.Append("<figure class=\"table").Append(table.Rows.Count <= RowsKept ? " keep" : "").Append("\" tabindex=\"0\" id=\"")
            .Append(table.Anchor).Append("\">\n");
        text.Append(table.Columns.Count > ManyColumns ? "<table class=\"wide\">" : "<table>").Append("\n<caption>")
            .Append(HtmlText.Escape(table.Title)).Append("</caption>\n<thead><tr>");
        foreach (ReportColumn column in table.Columns)
        {
            text.Append("<th scope=\"col\"").Append(column.Alignment == CellAlignment.Right ? " class=\"number\"" : "");
            if (column.Description is { } description) text.Append(" title=\"").Append(HtmlText.Escape(description)).Append('"');
            text.Append('>').Append(HtmlText.Escape(column.Name)).Append("</th>");
        }

        text.Append("</tr></thead>\n<tbody>\n");
        bool[] isShort = table.Columns.Select((_, c) =>
            table.Rows.All(row => CellText.Typeset.Interval(row[c]) is null && CellText.Typeset.Of(row[c]).Length <= ShortCell)).ToArray();
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
            foreach (NumericText note in table.Notes) text.Append("<p>").Append(HtmlText.Escape(CellText.Typeset.Of(note))).Append("</p>");
            text.Append("</figcaption>\n");
        }

        return text.Append("</figure>\n").ToString();
    }

    private static void Cell(StringBuilder text, ReportCell cell, ReportColumn column, bool header, bool isShort)
    {
        string content = CellText.Typeset.Of(cell);
        string[] classes = [column.Alignment == CellAlignment.Right
            ? "number" : "", isShort ? "short" : "", HasLongWord(content) ? "long" : "", Class(cell.Effect)];
        string joined = string.Join(' ', classes.Where(c => c.Length > 0)), element = header ? "th" : "td";
        text.Append('<').Append(element).Append(header ? " scope=\"row\"" : "");
        if (joined.Length > 0) text.Append(" class=\"").Append(joined).Append('"');
        if (CellText.Typeset.Detail(cell) is { } detail) text.Append(" title=\"").Append(HtmlText.Escape(detail)).Append('"');
        text.Append('>');
        // An interval behind its value stays on one line.
        if (CellText.Typeset.Interval(cell) is not { } interval) text.Append(HtmlText.Escape(content));
        else text.Append(HtmlText.Escape(CellText.Typeset.Value(cell))).Append(" <span class=\"interval\">")
            .Append(HtmlText.Escape(interval)).Append("</span>");
        text.Append("</").Append(element).Append('>');
    }

    private static bool HasLongWord(string text) => text.Split(' ').Any(word => word.Length > ShortCell);

    private static string Class(EffectSize effect) => effect switch
    {
        EffectSize.Undefined => "",
        EffectSize.ModerateToLarge => "effect-large",
        EffectSize.Low => "effect-low",
        EffectSize.Negligible => "effect-none",
        EffectSize.Worse => "effect-worse",
    };
}
