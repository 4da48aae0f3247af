using System.Globalization;
using System.Text;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Writers;

/// <summary>report.html: a report as one file without scripts or outside references. On screen it looks like its printed pages.</summary>
public static class ReportHtml
{
    /// <summary>Writes a study's report with its appendix.</summary>
    public static void Write(StudyResults results, TextWriter writer, EffectThresholds? thresholds = null) =>
        writer.Write(Of(StudyReport.Of(results, thresholds)));

    /// <summary>A report as a whole HTML document.</summary>
    public static string Of(StudyReport report)
    {
        string title = HtmlText.Escape(report.Title);
        var text = new StringBuilder();
        text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" " +
            "content=\"width=device-width, initial-scale=1\">\n");
        text.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        text.Append("<title>").Append(title).Append("</title>\n<style>\n").Append(ReportStyle.Of(report)).Append("</style>\n</head>\n");
        text.Append("<body class=\"").Append(report.Cover is null ? "plain" : "paged").Append("\">\n<main>\n");
        Head(text, report);
        bool hasSummary = report.Sections.Any(s => s.Part == ReportPart.Summary), inAppendix = false;
        for (int i = 0; i < report.Sections.Count; i++)
        {
            ReportSection section = report.Sections[i];
            bool opens = section.IsAppendix && !inAppendix;
            inAppendix = section.IsAppendix;
            text.Append(CultureInfo.InvariantCulture, $"<section id=\"section-{i + 1}\" class=\"sheet {Class(section)}\">\n");
            if (opens) text.Append("<p class=\"running\">Appendix</p>\n");
            text.Append("<h2>").Append(HtmlText.Escape(section.Heading)).Append("</h2>\n");
            if (section.Part == ReportPart.Summary) Sentence(text, report);
            Body(text, section);
            text.Append("</section>\n");
        }

        if (report.Sections.Count == 0 && !hasSummary) text.Append("<p>This report has no sections.</p>\n");
        return text.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Head(StringBuilder text, StudyReport report)
    {
        text.Append("<header class=\"sheet cover\">\n<h1>").Append(HtmlText.Escape(report.Title)).Append("</h1>\n");
        if (report.Cover is { } cover)
        {
            text.Append("<p class=\"kind\">Fairness audit</p>\n<dl>\n");
            foreach (ReportFact fact in cover.Facts) Fact(text, fact);
            text.Append("</dl>\n");
            foreach (ReportFact statement in cover.Statements)
                text.Append("<p class=\"statement\"><strong>").Append(HtmlText.Escape(statement.Name)).Append("</strong><br>")
                    .Append(HtmlText.Escape(statement.Value)).Append("</p>\n");
        }

        if (report.Sections.All(s => s.Part != ReportPart.Summary)) Sentence(text, report);
        text.Append("<nav aria-label=\"Contents\"><ol>");
        for (int i = 0; i < report.Sections.Count; i++)
            text.Append(CultureInfo.InvariantCulture,
                $"<li><a href=\"#section-{i + 1}\">{HtmlText.Escape(report.Sections[i].Heading)}</a></li>");
        text.Append("</ol></nav>\n</header>\n");
    }

    private static void Fact(StringBuilder text, ReportFact fact) =>
        text.Append("<dt>").Append(HtmlText.Escape(fact.Name)).Append("</dt><dd>").Append(HtmlText.Escape(fact.Value)).Append("</dd>\n");

    private static void Sentence(StringBuilder text, StudyReport report) =>
        text.Append("<p class=\"summary\">").Append(HtmlText.Escape(report.Summary)).Append("</p>\n");

    private static void Body(StringBuilder text, ReportSection section)
    {
        foreach (string paragraph in section.Paragraphs) text.Append("<p>").Append(HtmlText.Escape(paragraph)).Append("</p>\n");
        foreach (IReportFigure figure in section.Figures ?? [])
        {
            text.Append("<figure class=\"plot\"><figcaption>").Append(HtmlText.Escape(figure.Title)).Append("</figcaption>")
                .Append(figure.ToSvg());
            if (figure.Note is { } note) text.Append("<p class=\"note\">").Append(HtmlText.Escape(note)).Append("</p>");
            text.Append("</figure>\n");
        }

        foreach (ReportTable table in section.Tables) text.Append(table.ToHtml());
    }

    private static string Class(ReportSection section) =>
        section.IsAppendix ? "appendix" : section.Part switch
        {
            ReportPart.Summary => "summary-page",
            ReportPart.Findings => "findings",
            ReportPart.Method => "method",
            _ => "other",
        };
}
