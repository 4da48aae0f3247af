using System.Text;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>Writes a table for LaTeX with booktabs rules; a moderate to large improvement is bold, a low one italic, as in the paper.</summary>
internal static class TableLatex
{
    public static string Write(ReportTable table, bool standalone)
    {
        var text = new StringBuilder();
        if (standalone)
        {
            text.Append("\\documentclass[10pt,a4paper]{article}\n\\usepackage[margin=15mm,landscape]{geometry}\n\\usepackage{iftex}\n");
            text.Append("\\ifPDFTeX\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\fi\n\\usepackage{booktabs}\n\\begin{document}\n");
        }
        else
        {
            text.Append("% Needs \\usepackage{booktabs}\n");
        }

        text.Append("\\begin{table}[htbp]\n\\centering\n\\footnotesize\n\\setlength{\\tabcolsep}{4pt}\n");
        text.Append("\\caption{").Append(LatexText.Escape(table.Title)).Append("}\n\\label{tab:").Append(table.Anchor).Append("}\n");
        if (table.Columns.Count > 0)
        {
            text.Append("\\begin{tabular}{").AppendJoin("", table.Columns.Select(c => c.Alignment == CellAlignment.Right ? 'r' : 'l')).Append("}\n\\toprule\n");
            Row(text, table.Columns.Select(c => LatexText.Escape(c.Name)));
            text.Append("\\midrule\n");
            foreach (IReadOnlyList<ReportCell> row in table.Rows) Row(text, row.Select(Cell));
            text.Append("\\bottomrule\n\\end{tabular}\n");
        }

        if (table.Notes.Count > 0)
        {
            text.Append("\\par\\medskip\n\\begin{minipage}{\\linewidth}\n\\scriptsize\n");
            foreach (string note in table.Notes) text.Append(LatexText.Escape(note)).Append("\\par\n");
            text.Append("\\end{minipage}\n");
        }

        text.Append("\\end{table}\n");
        if (standalone) text.Append("\\end{document}\n");
        return text.ToString();
    }

    /// <summary>A row's first cell must not begin with [ or *, which the line break before it would take as its own.</summary>
    private static void Row(StringBuilder text, IEnumerable<string> cells)
    {
        string row = string.Join(" & ", cells);
        text.Append(row.StartsWith('[') || row.StartsWith('*') ? "{}" : "").Append(row).Append(" \\\\\n");
    }

    private static string Cell(ReportCell cell)
    {
        string content = cell.IsNumber && cell.Content.StartsWith('-') ? "$-$" + LatexText.Escape(cell.Content[1..]) : LatexText.Escape(cell.Content);
        return cell.Effect switch
        {
            EffectSize.ModerateToLarge => $"\\textbf{{{content}}}",
            EffectSize.Low => $"\\textit{{{content}}}",
            EffectSize.Undefined or EffectSize.Negligible or EffectSize.Worse => content,
        };
    }
}
