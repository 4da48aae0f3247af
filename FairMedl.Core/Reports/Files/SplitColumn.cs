using FairMedl.Core.Reports.Cells;

namespace FairMedl.Core.Reports.Files;

/// <summary>A column of a file for programs, with one number per cell.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Cells">Its cells, by row.</param>
internal sealed record SplitColumn(string Name, IReadOnlyList<ReportCell> Cells)
{
    private const string Suffix = " [95% CI]";

    /// <summary>
    /// Splits a column of intervals into columns for the value, where cells have one, and both bounds. Null for any other column.
    /// </summary>
    public static SplitColumn[]? Of(ReportColumn column, IReadOnlyList<ReportCell> cells)
    {
        if (!cells.Any(c => c is { Lower: not null, Upper: not null })) return null;
        string name = column.Name.EndsWith(Suffix, StringComparison.Ordinal) ? column.Name[..^Suffix.Length] : column.Name;
        bool hasValues = cells.Any(c => c is { Value: not null, Lower: not null });
        SplitColumn lower = new($"{name} lower", [.. cells.Select(c => c.Lower is { } bound
            ? new ReportCell(Part(c, 0), IsNumber: true, Value: bound) : hasValues ? ReportCell.Empty : c)]);
        SplitColumn upper = new($"{name} upper", [.. cells.Select(c => c.Upper is { } bound
            ? new ReportCell(Part(c, 1), IsNumber: true, Value: bound) : ReportCell.Empty)]);
        return hasValues ? [new(name, [.. cells.Select(Value)]), lower, upper] : [lower, upper];
    }

    private static ReportCell Value(ReportCell cell) =>
        cell is { Value: not null, Lower: not null }
            ? cell with
            {
                Content = cell.Content[..cell.Content.IndexOf(" [", StringComparison.Ordinal)],
                IsNumber = true,
                Lower = null,
                Upper = null
            } : cell;

    /// <summary>A bound as the cell shows it: "0.164" of "0.174 [0.164 to 0.184]" and of "0.164 to 0.184".</summary>
    private static string Part(ReportCell cell, int bound)
    {
        int bracket = cell.Content.IndexOf(" [", StringComparison.Ordinal);
        string interval = bracket < 0 ? cell.Content : cell.Content[(bracket + 2)..^1];
        return interval.Split(ReportCell.Between)[bound];
    }
}
