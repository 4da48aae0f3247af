namespace FairMedl.Core.Reports;

/// <summary>Writes a table's cells as CSV. Title and notes are left out: every line has the same columns.</summary>
internal static class TableCsv
{
    public static string Write(ReportTable table)
    {
        using var text = new StringWriter();
        var csv = new CsvText(text);
        foreach (ReportColumn column in table.Columns) csv.Text(column.Name);
        csv.End();
        foreach (IReadOnlyList<ReportCell> row in table.Rows)
        {
            foreach (ReportCell cell in row) csv.Text(cell.Content);
            csv.End();
        }

        return text.ToString();
    }
}
