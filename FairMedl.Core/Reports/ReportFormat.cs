using System.Text;

namespace FairMedl.Core.Reports;

/// <summary>A form in which a report leaves the program.</summary>
/// <param name="Name">On a button.</param>
/// <param name="Extension">Of the file, without the dot.</param>
/// <param name="MediaType">For a browser.</param>
/// <param name="Purpose">What it is for, in a few words.</param>
/// <param name="Write">Writes a report, text as UTF-8 without a mark.</param>
public sealed record ReportFormat(string Name, string Extension, string MediaType, string Purpose, Action<StudyReport, Stream> Write)
{
    /// <summary>All forms, in the order of the page.</summary>
    public static IReadOnlyList<ReportFormat> All { get; } =
    [
        new("CSV", "csv", "text/csv", "tables under their titles, for a spreadsheet", Text(ReportCsv.Of)),
        new("Markdown", "md", "text/markdown", "for a repository or a wiki", Text(ReportMarkdown.Of)),
        new("LaTeX", "tex", "application/x-tex", "compiles as it stands; tables with booktabs to copy into a paper", Text(ReportLatex.Of)),
        new("XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "one sheet a table, numbers in full precision", ReportXlsx.Write),
        new("HTML", "html", "text/html", "one file that prints well and needs no network", Text(ReportHtml.Of)),
        new("JSON", "json", "application/json", "for programs", Text(ReportJson.Of)),
    ];

    /// <summary>The form of this extension, or null.</summary>
    public static ReportFormat? Find(string? extension) => All.FirstOrDefault(f => f.Extension == extension);

    /// <summary>A report in this form.</summary>
    public byte[] ToBytes(StudyReport report)
    {
        using var stream = new MemoryStream();
        Write(report, stream);
        return stream.ToArray();
    }

    private static Action<StudyReport, Stream> Text(Func<StudyReport, string> text) => (report, stream) => stream.Write(Encoding.UTF8.GetBytes(text(report)));
}
