using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FairMedl.Web.Components.Tables;

/// <summary>
/// A report's table as a data grid: sortable, with a row filter and a column chooser where they help, a sticky header and first
/// column, and virtualised rows where there are many. An export writes the same cells.
/// </summary>
public sealed partial class ReportTableView
{
    // Rows from which the grid scrolls, shows its tools and draws only visible rows; columns above which it offers the chooser.
    private const int LongFrom = 24, ToolsFrom = 15, VirtualizedFrom = 100, ChooserFrom = 8;

    private readonly HashSet<int> hidden = [];
    private MudDataGrid<ReportRow>? grid;
    private ReportTable? prepared;
    private string? search;

    /// <summary>The table.</summary>
    [Parameter, EditorRequired] public ReportTable Table { get; set; } = null!;

    /// <summary>Whether the title is shown above the table.</summary>
    [Parameter] public bool ShowTitle { get; set; } = true;

    private IReadOnlyList<ReportRow> Rows { get; set; } = [];

    private IEnumerable<ReportRow> Found => string.IsNullOrWhiteSpace(search) ? Rows : Rows.Where(r => r.Contains(search.Trim()));

    // The grid sorts by one column at a time.
    private bool IsDescending => grid?.SortDefinitions.Values.Any(s => s.Descending) ?? false;

    private bool IsLong => Rows.Count > LongFrom;

    private bool HasTools => Rows.Count > ToolsFrom || Table.Columns.Count > ChooserFrom;

    private IEnumerable<MetricDescription> Metrics =>
        Table.Columns.Select(c => c.Metric).Concat(Table.Rows.SelectMany(r => r).Select(c => c.Metric)).OfType<string>().Distinct()
            .Select(MetricDescriptions.Get);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(prepared, Table)) return;
        if (prepared is not null && prepared.Columns.Count != Table.Columns.Count) hidden.Clear();
        prepared = Table;
        Rows = [.. Table.Rows.Select((cells, i) => new ReportRow(i, cells))];
    }

    private void Toggle(int column)
    {
        if (!hidden.Remove(column)) hidden.Add(column);
    }

    private string Anchor(string metric) => $"{Table.Anchor}-{metric}";

    private static string SideOf(ReportColumn column) => column.Alignment == CellAlignment.Right ? "num" : "";
}

/// <summary>A row of a table with its place in the unsorted table.</summary>
/// <param name="Place">The row's place, from 0.</param>
/// <param name="Cells">The cells, one for every column.</param>
public sealed record ReportRow(int Place, IReadOnlyList<ReportCell> Cells)
{
    /// <summary>The cells as the reader sees them.</summary>
    public IReadOnlyList<string> Texts { get; } = [.. Cells.Select(Display.Cells.Of)];

    /// <summary>
    /// What a column is sorted by: the number behind a cell, else its text. Cells without a number come last in both directions.
    /// </summary>
    public (bool IsFirst, double Number, string Text) KeyOf(int column, bool isDescending) =>
        (Cells[column].Value ?? Cells[column].Lower) is { } number ? (isDescending, number, "") : (!isDescending, 0, Texts[column]);

    /// <summary>Whether a cell contains the text, in any case.</summary>
    public bool Contains(string text) => Texts.Any(t => t.Contains(text, StringComparison.OrdinalIgnoreCase));
}
