using System.Text.Json.Serialization;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Writers;

namespace FairMedl.Core.Reports.Cells;

/// <summary>
/// A table of a page or report, with the same cells on pages and in exports. Its texts are plain; each writer escapes names
/// and groups from the data.
/// </summary>
/// <param name="Id">Unique id within a report; may contain a column's name.</param>
/// <param name="Title">The caption.</param>
/// <param name="Columns">The header, with the units.</param>
/// <param name="Rows">Cells by row, one for every column.</param>
/// <param name="Notes">Notes below the table, in sentences.</param>
public sealed record ReportTable(string Id, string Title, IReadOnlyList<ReportColumn> Columns,
    IReadOnlyList<IReadOnlyList<ReportCell>> Rows, IReadOnlyList<NumericText> Notes)
{
    /// <summary>The id as an HTML anchor, a LaTeX label or a file's name: ASCII letters, digits and hyphens.</summary>
    [JsonIgnore]
    public string Anchor => string.Concat(Id.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    /// <summary>A GitHub-flavoured Markdown table under its title, notes below.</summary>
    public string ToMarkdown() => TableMarkdown.Write(this);

    /// <summary>RFC 4180 with a header line; cells that a spreadsheet would run as a formula are made text.</summary>
    public string ToCsv() => TableCsv.Write(this);

    /// <summary>A LaTeX table with booktabs rules, to paste into a document.</summary>
    public string ToLatex() => TableLatex.Write(this);

    /// <summary>An HTML table element with caption and notes.</summary>
    public string ToHtml() => TableHtml.Write(this);
}

/// <summary>Header of a column.</summary>
/// <param name="Name">Text of the header, with the unit.</param>
/// <param name="Alignment">Numbers to the right.</param>
/// <param name="Description">A sentence for a tooltip.</param>
/// <param name="Metric">The id of the metric that it names, where it names one.</param>
public sealed record ReportColumn(string Name, CellAlignment Alignment = CellAlignment.Left, string? Description = null,
    string? Metric = null)
{
    /// <summary>A column of numbers.</summary>
    public static ReportColumn Number(string name, string? description = null) => new(name, CellAlignment.Right, description);

    /// <summary>A column of a metric's values.</summary>
    public static ReportColumn Of(MetricDescription metric) => new(metric.Name, CellAlignment.Right, metric.Sentence, metric.Id);
}

/// <summary>Alignment of a column.</summary>
public enum CellAlignment
{
    /// <summary>Words.</summary>
    Left,

    /// <summary>Numbers.</summary>
    Right,
}
