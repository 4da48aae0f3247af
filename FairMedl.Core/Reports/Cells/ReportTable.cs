using System.Globalization;
using System.Text.Json.Serialization;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
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
    IReadOnlyList<IReadOnlyList<ReportCell>> Rows, IReadOnlyList<string> Notes)
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

/// <summary>One cell.</summary>
/// <param name="Content">Text shown.</param>
/// <param name="IsNumber">Whether the content is a single number.</param>
/// <param name="Effect">The effect band of a clear improvement, for the colour; another cell names it in words.</param>
/// <param name="Detail">Interval, n and note for a tooltip.</param>
/// <param name="Metric">The id of the metric that it names, where it names one.</param>
/// <param name="Value">The unrounded number, for formats with numeric cells.</param>
/// <param name="Lower">The lower bound of the interval that the content shows, where it shows one.</param>
/// <param name="Upper">The upper bound of that interval.</param>
public sealed record ReportCell(
    string Content,
    bool IsNumber = false,
    EffectSize Effect = EffectSize.Undefined,
    string? Detail = null,
    string? Metric = null,
    double? Value = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Lower = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Upper = null)
{
    /// <summary>The word between an interval's bounds as shown.</summary>
    internal const string Between = " to ";

    /// <summary>Nothing.</summary>
    public static ReportCell Empty { get; } = new("");

    /// <summary>Words.</summary>
    public static ReportCell Words(string content) => new(content);

    /// <summary>A metric's name.</summary>
    public static ReportCell Name(MetricDescription metric) => new(metric.Name, Metric: metric.Id);

    /// <summary>A number; a dash where there is none.</summary>
    public static ReportCell Number(double? value, Digits digits) =>
        value is { } v ? new(digits.Format(v), IsNumber: true, Value: v) : new("–");

    /// <summary>A count, with thousands separators.</summary>
    public static ReportCell Count(long value) => new(value.ToString("N0", CultureInfo.InvariantCulture), IsNumber: true, Value: value);

    /// <summary>An estimate's value, or a dash and the reason; interval, n and note as detail.</summary>
    public static ReportCell Of(Estimate estimate, Digits digits)
    {
        if (estimate.Value is not { } value) return new($"– ({estimate.Undefined})", Detail: estimate.Note);
        var detail = new List<string>();
        if (estimate is { Lower: { } lower, Upper: { } upper }) detail.Add($"95% CI {digits.Format(lower)} to {digits.Format(upper)}");
        if (estimate.ByClusters is { } clusters) detail.Add(FormattableString.Invariant($"by clusters {digits.Format(clusters.Lower)} to {digits.Format(clusters.Upper)} ({clusters.Clusters} clusters{(clusters.IsRough ? ", rough" : "")})"));
        if (estimate.N is { } n) detail.Add(FormattableString.Invariant($"n = {n:N0}"));
        if (estimate.Note is { } note) detail.Add(note);
        return new(digits.Format(value), IsNumber: true, Detail: detail.Count == 0 ? null : string.Join("; ", detail), Value: value);
    }

    /// <summary>
    /// An estimate's value and interval in one cell, "0.174 [0.164 to 0.184]"; a dash and the reason where there is no value.
    /// </summary>
    public static ReportCell WithInterval(Estimate estimate, Digits digits)
    {
        ReportCell value = Of(estimate, digits);
        return estimate is { Value: not null, Lower: { } lower, Upper: { } upper }
            ? value with
            {
                Content = $"{value.Content} [{digits.Format(lower)}{Between}{digits.Format(upper)}]",
                IsNumber = false,
                Lower = lower,
                Upper = upper
            }
            : value;
    }

    /// <summary>An estimate's interval; empty where there is none.</summary>
    public static ReportCell Interval(Estimate estimate, Digits digits) =>
        estimate is { Value: not null, Lower: { } lower, Upper: { } upper } ? Interval(lower, upper, digits) : Empty;

    /// <summary>Two bounds.</summary>
    public static ReportCell Interval(double lower, double upper, Digits digits) =>
        new($"{digits.Format(lower)}{Between}{digits.Format(upper)}", Lower: lower, Upper: upper);

    /// <summary>An estimate's interval by clusters; empty where there is none.</summary>
    public static ReportCell IntervalByClusters(Estimate estimate, Digits digits) =>
        estimate is { Value: not null, ByClusters: { } by } ? Interval(by.Lower, by.Upper, digits) : Empty;

    /// <summary>An improvement in per cent, positive is better; a dash and the reason where there is none.</summary>
    public static ReportCell Improvement(EffectBand band) =>
        band.ImprovementPercent is { } percent
            ? new(Digits.Fixed(1).Format(percent), IsNumber: true, band.Mark, band.Doubt, Value: percent)
            : new("–", Detail: band.Undefined);

    /// <summary>A band in words.</summary>
    public static ReportCell Band(EffectBand band) =>
        new(band.Words, Effect: band.Mark, Detail: band.Undefined ?? band.Verdict?.FullReason);
}
