using System.Text;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Writers;

/// <summary>report.md: the study's report in GitHub-flavoured Markdown.</summary>
public static class ReportMarkdown
{
    /// <summary>Writes the file.</summary>
    public static void Write(StudyResults results, TextWriter writer, EffectThresholds? thresholds = null) =>
        writer.Write(Of(StudyReport.Of(results, thresholds)));

    /// <summary>Writes a report as Markdown. Figures are omitted; their numbers are in tables.</summary>
    public static string Of(StudyReport report)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(MarkdownText.Escape(report.Title)).Append('\n');
        foreach (ReportFact fact in report.Cover is { } cover ? cover.Facts.Concat(cover.Statements) : [])
            text.Append("\n- ").Append(MarkdownText.Escape(fact.Name)).Append(": ").Append(MarkdownText.Escape(fact.Value));
        if (report.Cover is not null) text.Append('\n');
        bool hasSummary = report.Sections.Any(s => s.Part == ReportPart.Summary);
        if (!hasSummary) Paragraph(text, report.Summary);
        foreach (ReportSection section in report.Sections)
        {
            text.Append("\n## ").Append(MarkdownText.Escape(section.Heading)).Append('\n');
            if (section.Part == ReportPart.Summary) Paragraph(text, report.Summary);
            foreach (string paragraph in section.Paragraphs) Paragraph(text, paragraph);
            foreach (ReportTable table in section.Tables) text.Append('\n').Append(table.ToMarkdown());
        }

        return text.ToString();
    }

    private static void Paragraph(StringBuilder text, string paragraph) =>
        text.Append('\n').Append(MarkdownText.Escape(paragraph)).Append('\n');
}
