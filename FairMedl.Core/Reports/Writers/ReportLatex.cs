using System.Text;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;

namespace FairMedl.Core.Reports.Writers;

/// <summary>
/// A report as a complete LaTeX document for pdfLaTeX, XeLaTeX and LuaLaTeX. Each table can be copied into another document.
/// </summary>
public static class ReportLatex
{
    /// <summary>Writes a report as LaTeX. Figures are omitted; their numbers are in tables.</summary>
    public static string Of(StudyReport report)
    {
        string body = Body(report);
        var text = new StringBuilder();
        text.Append("\\documentclass[10pt,a4paper]{article}\n\\usepackage[margin=15mm,landscape]{geometry}\n\\usepackage{iftex}\n");
        text.Append("\\ifPDFTeX\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\fi\n").Append(TableLatex.Packages).Append('\n');
        text.Append("% As many tables as a report has would fill LaTeX's store of floats: each section clears it.\n\\extrafloats{200}\n")
            .Append(LatexText.Fallbacks(body)).Append("\\begin{document}\n").Append(body);
        return text.Append("\\end{document}\n").ToString();
    }

    private static string Body(StudyReport report)
    {
        var text = new StringBuilder();
        text.Append("\\section*{").Append(LatexText.Escape(report.Title)).Append("}\n")
            .Append(LatexText.Escape(report.Summary)).Append("\n\n");
        foreach (ReportFact fact in report.Cover is { } cover ? cover.Facts.Concat(cover.Statements) : [])
            text.Append("\\noindent\\textbf{").Append(LatexText.Escape(fact.Name)).Append(":} ")
                .Append(LatexText.Escape(fact.Value)).Append("\n\n");
        foreach (ReportSection section in report.Sections)
        {
            text.Append("\\clearpage\n\\subsection*{").Append(LatexText.Escape(section.Heading)).Append("}\n");
            foreach (string paragraph in section.Paragraphs) text.Append(LatexText.Escape(paragraph)).Append("\n\n");
            foreach (ReportTable table in section.Tables) text.Append(table.ToLatex());
        }

        return text.ToString();
    }
}
