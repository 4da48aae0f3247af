using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Files;

namespace FairMedl.Core.Reports.Writers;

/// <summary>
/// Writes a table's cells as CSV. Title and notes are left out, so every line has the same columns. A cell with value and interval
/// becomes three columns of numbers; numbers have no thousands separators.
/// </summary>
internal static class TableCsv
{
    public static string Write(ReportTable table)
    {
        using var text = new StringWriter();
        var csv = new CsvText(text);
        SplitColumn[] columns = [.. table.Columns.SelectMany((c, i) =>
        {
            ReportCell[] cells = [.. table.Rows.Select(r => r[i])];
            return cells.Any(cell => cell is { Value: not null, Lower: not null } or { Deviation: not null })
                ? SplitColumn.Of(c, cells)! : [new SplitColumn(c.Name, cells)];
        })];
        foreach (SplitColumn column in columns) csv.Text(column.Name);
        csv.End();
        for (int r = 0; r < table.Rows.Count; r++)
        {
            foreach (SplitColumn column in columns) csv.Text(CellText.Data.Of(column.Cells[r]));
            csv.End();
        }

        return text.ToString();
    }
}
