using FairMedl.Core.Reports;

namespace FairMedl.Web.Results;

/// <summary>Several tables in one file: exactly those that a page shows, in its order.</summary>
public static class ShownTables
{
    /// <summary>Each table under its title; a blank line between two.</summary>
    public static string Csv(IReadOnlyList<ReportTable> tables) =>
        tables.Count == 1 ? tables[0].ToCsv() : string.Join("\r\n", tables.Select(t => $"\"{t.Title.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n{t.ToCsv()}"));

    /// <summary>Markdown tables under their titles.</summary>
    public static string Markdown(IReadOnlyList<ReportTable> tables) => string.Join("\n", tables.Select(t => t.ToMarkdown()));

    /// <summary>LaTeX tables to paste into a document.</summary>
    public static string Latex(IReadOnlyList<ReportTable> tables) => string.Join("\n", tables.Select(t => t.ToLatex()));
}
