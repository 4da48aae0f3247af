using System.Text;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;

namespace FairMedl.Core.Reports.Writers;

/// <summary>
/// Writes a table as GitHub-flavoured Markdown; a moderate to large improvement is bold, a low one italic, as in the paper.
/// </summary>
internal static class TableMarkdown
{
    public static string Write(ReportTable table)
    {
        var text = new StringBuilder();
        text.Append("**").Append(MarkdownText.Escape(table.Title)).Append("**\n\n");
        if (table.Columns.Count > 0)
        {
            Row(text, table.Columns.Select(c => MarkdownText.Escape(c.Name)));
            Row(text, table.Columns.Select(c => c.Alignment == CellAlignment.Right ? "---:" : "---"));
            foreach (IReadOnlyList<ReportCell> row in table.Rows) Row(text, row.Select(Cell));
        }

        foreach (NumericText note in table.Notes) text.Append("\n- ").Append(MarkdownText.Escape(CellText.Plain.Of(note)));
        if (table.Notes.Count > 0) text.Append('\n');
        return text.ToString();
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Cell(ReportCell cell)
    {
        string content = MarkdownText.Escape(CellText.Plain.Of(cell));
        return cell.Effect switch
        {
            EffectSize.ModerateToLarge => $"**{content}**",
            EffectSize.Low => $"*{content}*",
            EffectSize.Undefined or EffectSize.Negligible or EffectSize.Worse => content,
        };
    }
}
