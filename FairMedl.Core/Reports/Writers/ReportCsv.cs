using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Files;

namespace FairMedl.Core.Reports.Writers;

/// <summary>
/// A report's tables in one CSV file for readers, each below its title, with a blank line between tables. Programs read
/// <see cref="MetricsCsv"/>.
/// </summary>
public static class ReportCsv
{
    /// <summary>A report's tables; paragraphs and figures are left out.</summary>
    public static string Of(StudyReport report) =>
        string.Join("\n", report.Sections.SelectMany(s => s.Tables).Select(t => $"{Title(t)}{t.ToCsv()}"));

    private static string Title(ReportTable table)
    {
        using var text = new StringWriter();
        var csv = new CsvText(text);
        csv.Text(table.Title).End();
        return text.ToString();
    }
}
