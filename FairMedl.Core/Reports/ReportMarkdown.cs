using System.Text;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>report.md: the study's report in GitHub-flavoured Markdown.</summary>
public static class ReportMarkdown
{
    /// <summary>Writes the file.</summary>
    public static void Write(StudyResults results, TextWriter writer, EffectThresholds? thresholds = null) => writer.Write(Of(StudyReport.Of(results, thresholds)));

    /// <summary>A report as Markdown; figures are left to their tables.</summary>
    public static string Of(StudyReport report)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(MarkdownText.Escape(report.Title)).Append("\n\n").Append(MarkdownText.Escape(report.Summary)).Append('\n');
        foreach (ReportSection section in report.Sections)
        {
            text.Append("\n## ").Append(MarkdownText.Escape(section.Heading)).Append('\n');
            foreach (string paragraph in section.Paragraphs) text.Append('\n').Append(MarkdownText.Escape(paragraph)).Append('\n');
            foreach (ReportTable table in section.Tables) text.Append('\n').Append(table.ToMarkdown());
        }

        return text.ToString();
    }
}
