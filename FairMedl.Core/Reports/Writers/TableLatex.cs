using System.Text;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;

namespace FairMedl.Core.Reports.Writers;

/// <summary>
/// Writes a table for LaTeX with booktabs rules; a moderate to large improvement is bold, a low one italic, as in the paper.
/// A table wider than the line is shrunk to it, one longer than a page is continued on the next, and columns of sentences wrap.
/// </summary>
internal static class TableLatex
{
    /// <summary>Packages that a document needs for these tables.</summary>
    public const string Packages = "\\usepackage{booktabs,graphicx,array}";

    // Text longer than LongText wraps, at about that many characters a line.
    private const int LinesPerPage = 36, LongText = 60;

    public static string Write(ReportTable table)
    {
        var text = new StringBuilder();
        text.Append("% Needs ").Append(Packages).Append('\n');
        List<List<IReadOnlyList<ReportCell>>> pages = Pages(table);
        for (int page = 0; page < pages.Count; page++)
        {
            text.Append("\\begin{table}[htbp]\n\\centering\n\\footnotesize\n\\setlength{\\tabcolsep}{4pt}\n");
            text.Append("\\caption{").Append(LatexText.Escape(table.Title)).Append(page > 0 ? " (continued)" : "").Append("}\n");
            if (page == 0) text.Append("\\label{tab:").Append(table.Anchor).Append("}\n");
            if (table.Columns.Count > 0) Tabular(text, table, pages[page]);
            if (page == pages.Count - 1 && table.Notes.Count > 0)
            {
                text.Append("\\par\\medskip\n\\begin{minipage}{\\linewidth}\n\\scriptsize\n");
                foreach (NumericText note in table.Notes) text.Append(LatexText.Escape(CellText.Typeset.Of(note))).Append("\\par\n");
                text.Append("\\end{minipage}\n");
            }

            text.Append("\\end{table}\n");
        }

        return text.ToString();
    }

    /// <summary>The rows by page; a row whose text wraps takes as much room as its lines.</summary>
    private static List<List<IReadOnlyList<ReportCell>>> Pages(ReportTable table)
    {
        List<List<IReadOnlyList<ReportCell>>> pages = [[]];
        int used = 0;
        foreach (IReadOnlyList<ReportCell> row in table.Rows)
        {
            int lines = row.Max(cell => 1 + CellText.Typeset.Of(cell).Length / LongText);
            if (used > 0 && used + lines > LinesPerPage)
            {
                pages.Add([]);
                used = 0;
            }

            pages[^1].Add(row);
            used += lines;
        }

        return pages;
    }

    private static void Tabular(StringBuilder text, ReportTable table, List<IReadOnlyList<ReportCell>> rows)
    {
        text.Append("\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n");
        text.Append("\\begin{tabular}{").AppendJoin("",
            table.Columns.Select((c, i) => Column(c, table.Rows.Select(r => CellText.Typeset.Of(r[i]).Length).DefaultIfEmpty(0).Max())))
            .Append("}\n\\toprule\n");
        Row(text, table.Columns.Select(c => LatexText.Escape(c.Name)));
        text.Append("\\midrule\n");
        foreach (IReadOnlyList<ReportCell> row in rows) Row(text, row.Select(Cell));
        text.Append("\\bottomrule\n\\end{tabular}}\n");
    }

    private static string Column(ReportColumn column, int longest) => column.Alignment switch
    {
        CellAlignment.Right => "r",
        CellAlignment.Left => longest > LongText ? ">{\\raggedright\\arraybackslash}p{8cm}" : "l",
    };

    /// <summary>A row's first cell must not begin with [ or *, which the line break before it would take as its own.</summary>
    private static void Row(StringBuilder text, IEnumerable<string> cells)
    {
        string row = string.Join(" & ", cells);
        text.Append(row.StartsWith('[') || row.StartsWith('*') ? "{}" : "").Append(row).Append(" \\\\\n");
    }

    private static string Cell(ReportCell cell)
    {
        string content = LatexText.Escape(CellText.Typeset.Of(cell));
        return cell.Effect switch
        {
            EffectSize.ModerateToLarge => $"\\textbf{{{content}}}",
            EffectSize.Low => $"\\textit{{{content}}}",
            EffectSize.Undefined or EffectSize.Negligible or EffectSize.Worse => content,
        };
    }
}
