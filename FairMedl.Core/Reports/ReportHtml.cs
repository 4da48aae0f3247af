using System.Globalization;
using System.Text;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>report.html: the study's report as one file without scripts or outside references, which prints well.</summary>
public static class ReportHtml
{
    /// <summary>Writes the file.</summary>
    public static void Write(StudyResults results, TextWriter writer, EffectThresholds? thresholds = null) => writer.Write(Of(StudyReport.Of(results, thresholds)));

    /// <summary>A report as a whole HTML document.</summary>
    public static string Of(StudyReport report)
    {
        string title = HtmlText.Escape(report.Title);
        var text = new StringBuilder();
        text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        text.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        text.Append("<title>").Append(title).Append("</title>\n<style>\n").Append(Style).Append("</style>\n</head>\n<body>\n<main>\n<h1>").Append(title).Append("</h1>\n");
        text.Append("<p class=\"summary\">").Append(HtmlText.Escape(report.Summary)).Append("</p>\n<nav><ol>");
        for (int i = 0; i < report.Sections.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#section-{i + 1}\">{HtmlText.Escape(report.Sections[i].Heading)}</a></li>");
        text.Append("</ol></nav>\n");
        for (int i = 0; i < report.Sections.Count; i++)
        {
            ReportSection section = report.Sections[i];
            text.Append(CultureInfo.InvariantCulture, $"<section id=\"section-{i + 1}\">\n<h2>{HtmlText.Escape(section.Heading)}</h2>\n");
            foreach (string paragraph in section.Paragraphs) text.Append("<p>").Append(HtmlText.Escape(paragraph)).Append("</p>\n");
            foreach (DisparityFigure figure in section.Figures ?? [])
                text.Append("<figure class=\"plot\"><figcaption>").Append(HtmlText.Escape(figure.Title)).Append("</figcaption>").Append(figure.ToSvg()).Append("</figure>\n");
            foreach (ReportTable table in section.Tables) text.Append(table.ToHtml());
            text.Append("</section>\n");
        }

        return text.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private const string Style = """
        :root { color-scheme: light; --ink: #1b2430; --soft: #5a6675; --line: #d5dbe2; --accent: #0f5c66; }
        body { margin: 0; color: var(--ink); background: #fff; font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
        main { max-width: 1240px; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { font-size: 1.7rem; margin: 0 0 .5rem; }
        h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; padding-top: .5rem; border-top: 2px solid var(--accent); }
        .summary { font-size: 1.1rem; }
        nav ol { columns: 2; color: var(--soft); }
        nav a { color: var(--accent); }
        figure { margin: 1.25rem 0; overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .86rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding: .25rem 0; }
        th, td { padding: .25rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
        thead th { border-bottom: 2px solid var(--ink); white-space: normal; }
        tbody th { font-weight: 500; }
        .number { text-align: right; }
        .short { white-space: nowrap; }
        .effect-large { color: #00624a; font-weight: 700; }
        .effect-low { color: #00624a; font-style: italic; }
        .effect-worse { color: #a33c00; }
        figcaption { color: var(--soft); font-size: .8rem; }
        figcaption p { margin: .15rem 0; }
        svg { width: 100%; height: auto; max-width: 760px; font: 13px system-ui, sans-serif; }
        @media print {
          @page { size: A4 landscape; margin: 12mm; }
          body { font-size: 10pt; }
          main { max-width: none; padding: 0; }
          nav { display: none; }
          h2 { break-after: avoid; }
          thead { display: table-header-group; }
          tr, svg { break-inside: avoid; }
          figure { overflow: visible; }
          .short { white-space: normal; }
        }

        """;
}
