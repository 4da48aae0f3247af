using System.Text;
using FairMedl.Core.Reports.Document;

namespace FairMedl.Core.Reports.Writers;

/// <summary>A file format of a report.</summary>
/// <param name="Name">Its name in a menu.</param>
/// <param name="Extension">The file name extension, without the dot.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="Purpose">Its purpose in a few words.</param>
/// <param name="Write">Writes a report; text as UTF-8 without a byte order mark.</param>
public sealed record ReportFormat(string Name, string Extension, string MediaType, string Purpose, Action<StudyReport, Stream> Write)
{
    /// <summary>All formats, in the order of the menu.</summary>
    public static IReadOnlyList<ReportFormat> All { get; } =
    [
        new("CSV", "csv", "text/csv", "tables under their titles, for a spreadsheet", Text(ReportCsv.Of)),
        new("Markdown", "md", "text/markdown", "for a repository or a wiki", Text(ReportMarkdown.Of)),
        new("LaTeX", "tex", "application/x-tex", "compiles as is; booktabs tables for a paper", Text(ReportLatex.Of)),
        new("XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "one sheet per table, numbers in full precision", ReportXlsx.Write),
        new("HTML", "html", "text/html", "one file, offline, formatted for print", Text(ReportHtml.Of)),
        new("JSON", "json", "application/json", "for programs", Text(ReportJson.Of)),
    ];

    /// <summary>The format with this extension, or null.</summary>
    public static ReportFormat? Find(string? extension) => All.FirstOrDefault(f => f.Extension == extension);

    /// <summary>A report in this format.</summary>
    public byte[] ToBytes(StudyReport report)
    {
        using var stream = new MemoryStream();
        Write(report, stream);
        return stream.ToArray();
    }

    private static Action<StudyReport, Stream> Text(Func<StudyReport, string> text) =>
        (report, stream) => stream.Write(Encoding.UTF8.GetBytes(text(report)));
}
