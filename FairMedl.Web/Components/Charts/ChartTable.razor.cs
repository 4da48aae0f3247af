using FairMedl.Core.Reports.Cells;
using FairMedl.Web.Components.Charts.Traces;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Components.Charts;

/// <summary>The numbers of a figure as a plain table, and as CSV.</summary>
public sealed partial class ChartTable
{
    /// <summary>The figure.</summary>
    [Parameter, EditorRequired] public ChartGrid Grid { get; set; } = null!;

    /// <summary>The figure's numbers with a header: panel, series, at, value, lower, upper. Undefined values are empty.</summary>
    public static string ToCsv(ChartGrid grid)
    {
        ReportCell[] Cells(string panel, string series, ChartDatum d) =>
            [ReportCell.Words(panel), ReportCell.Words(series), ReportCell.Words(d.At), Number(d.Value), Number(d.Lower), Number(d.Upper)];
        return new ReportTable(
            "chart",
            grid.Title,
            [new("panel"), new("series"), new("at"), ReportColumn.Number("value"), ReportColumn.Number("lower"),
                ReportColumn.Number("upper")],
            [.. Rows(grid).Select(r => Cells(r.Panel, r.Series, r.Datum))],
            []).ToCsv();
    }

    private static IEnumerable<(string Panel, string Series, ChartDatum Datum)> Rows(ChartGrid grid) =>
        grid.Panels.SelectMany(p => p.Traces.SelectMany(t => t.Data.Select(d => (p.Title, t.Name, d))));

    private static ReportCell Number(double? value) =>
        value is { } v && double.IsFinite(v) ? ReportCell.Number(v, Digits.Exact) : ReportCell.Empty;
}
