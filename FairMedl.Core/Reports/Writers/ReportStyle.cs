using System.Globalization;
using System.Text;
using FairMedl.Core.Reports.Document;

namespace FairMedl.Core.Reports.Writers;

/// <summary>The style of an HTML report, on screen and in print: page numbers, running title, tables that are not cut.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet of a report; its title runs at the head of every printed page but the first.</summary>
    public static string Of(StudyReport report)
    {
        string running = report.Cover is { } cover && cover.Facts.FirstOrDefault(f => f.Name == "Organisation") is { } organisation
            ? CssString(organisation.Value)
            : CssString("FairMedl fairness report");
        return Page.Replace("$size", report.Cover is null ? "A4 landscape" : "A4 portrait", StringComparison.Ordinal)
            .Replace("$title", CssString(report.Title), StringComparison.Ordinal)
            .Replace("$running", running, StringComparison.Ordinal) + Sheet;
    }

    /// <summary>
    /// A text as a CSS string. All characters but letters, digits and spaces are escaped, so that no text can
    /// end the string or the style sheet.
    /// </summary>
    internal static string CssString(string text)
    {
        var result = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value == ' ')) result.Append(rune);
            else if (Rune.IsControl(rune)) result.Append(' ');
            else result.Append(CultureInfo.InvariantCulture, $"\\{rune.Value:x} ");
        }

        return result.Append('"').ToString();
    }

    private const string Page = """
        @page {
          size: $size; margin: 20mm 16mm 18mm;
          @top-left { content: $title; font: 8.5pt system-ui, sans-serif; color: #5a6675; }
          @top-right { content: $running; font: 8.5pt system-ui, sans-serif; color: #5a6675; }
          @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8.5pt system-ui, sans-serif; color: #5a6675; }
        }
        @page :first { @top-left { content: none; } @top-right { content: none; } }
        @page wide { size: A4 landscape; margin: 16mm 12mm 14mm; }

        """;

    private const string Sheet = """
        :root { color-scheme: light; --ink: #1b2430; --soft: #5a6675; --line: #d5dbe2; --accent: #0f5c66; }
        * { box-sizing: border-box; }
        body { margin: 0; color: var(--ink); background: #fff; font: 14px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: break-word; }
        h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .6rem; }
        p { margin: .4rem 0; overflow-wrap: break-word; }
        .summary { font-size: 1.1rem; border-left: 3px solid var(--accent); padding-left: .75rem; }
        .kind { color: var(--accent); font-weight: 600; }
        .statement { white-space: pre-line; margin-top: 1rem; }
        .running { color: var(--soft); font-weight: 600; margin: 0; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; margin: 2rem 0; }
        dt { color: var(--soft); }
        dd { margin: 0; overflow-wrap: anywhere; }
        nav { margin-top: 2.5rem; }
        nav a { display: inline-block; padding: .2rem 0; min-height: 1.5rem; }
        nav ol { color: var(--soft); }
        nav a { color: var(--accent); }
        figure { margin: 1rem 0; overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .82rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
        table.wide { font-size: .7rem; }
        caption { text-align: left; font-weight: 600; padding: .25rem 0; }
        th, td { padding: .2rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
        thead th { border-bottom: 2px solid var(--ink); }
        .long { overflow-wrap: anywhere; }
        .interval { white-space: nowrap; color: var(--soft); }
        tbody th { font-weight: 500; }
        .number { text-align: right; }
        .short { white-space: nowrap; }
        .effect-large { color: #00624a; font-weight: 700; }
        .effect-low { color: #00624a; font-style: italic; }
        .effect-worse { color: #a33c00; }
        .plot figcaption { font-weight: 600; color: var(--ink); font-size: .86rem; margin-bottom: .35rem; }
        figcaption, .note { color: var(--soft); font-size: .76rem; }
        figcaption p { margin: .15rem 0; }
        svg { display: block; width: 100%; height: auto; max-width: 760px; font: 12px system-ui, sans-serif; }
        .plain main { max-width: 1240px; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        .plain .sheet { margin-bottom: 2.5rem; }
        @media screen {
          .paged { background: #e4e8ec; }
          .paged main { padding: 1.25rem; }
          .paged .sheet { width: 210mm; max-width: 100%; margin: 0 auto 1.25rem; padding: 18mm 16mm; background: #fff; box-shadow: 0 1px 4px rgba(27, 36, 48, .25); }
          .paged .appendix { width: 297mm; }
          .paged .cover { min-height: 297mm; padding-top: 60mm; }
        }
        @media print {
          body { font-size: 9.5pt; }
          nav { display: none; }
          .plain main { max-width: none; padding: 0; }
          .paged .cover { padding-top: 55mm; break-after: page; }
          .paged .summary-page { break-after: page; }
          .paged .appendix { page: wide; }
          .sheet { margin-bottom: 7mm; }
          h2, caption { break-after: avoid; }
          thead { display: table-header-group; }
          tr, svg, .plot, .keep, .statement { break-inside: avoid; }
          figure { overflow: visible; }
          .short { white-space: normal; }
          .number.short, tbody th.short { white-space: nowrap; }
          .findings { break-inside: avoid; }
          .summary-page { font-size: 9pt; }
          .summary-page .summary { font-size: 10pt; }
          .summary-page .plot svg { max-height: 105mm; }
          .summary-page table { font-size: 8pt; }
          .summary-page th, .summary-page td { padding: .1rem .3rem; }
          .method { font-size: 9pt; }
        }

        """;
}
