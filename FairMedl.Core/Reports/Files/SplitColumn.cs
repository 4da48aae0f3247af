using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;

namespace FairMedl.Core.Reports.Files;

/// <summary>A column of a file for programs, with one number per cell.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Cells">Its cells, by row.</param>
internal sealed record SplitColumn(string Name, IReadOnlyList<ReportCell> Cells)
{
    private const string Suffix = " [95% CI]";

    /// <summary>
    /// Splits a column of intervals into columns for the value, where cells have one, the SD over seeds, where they show it, and both
    /// bounds. Null for any other column.
    /// </summary>
    public static SplitColumn[]? Of(ReportColumn column, IReadOnlyList<ReportCell> cells)
    {
        if (!cells.Any(c => c is { Lower: not null, Upper: not null } or { Deviation: not null })) return null;
        string name = column.Name.EndsWith(Suffix, StringComparison.Ordinal) ? column.Name[..^Suffix.Length] : column.Name;
        bool hasValues = cells.Any(c => c.Value is not null), hasDeviations = cells.Any(c => c.Deviation is not null);
        SplitColumn lower = new($"{name} lower", [.. cells.Select(c => c.Lower is null && !hasValues ? c : c.Part(c.Lower))]),
            upper = new($"{name} upper", [.. cells.Select(c => c.Part(c.Upper))]);
        if (!hasValues) return [lower, upper];
        // Words and dashes stay in the column of the value.
        SplitColumn values = new(name, [.. cells.Select(c => c.Value is null ? c : c.Part(c.Value))]);
        return hasDeviations
            ? [values, new($"{name}, {SeedSpread.Name}", [.. cells.Select(c => c.Part(c.Deviation))]), lower, upper] : [values, lower, upper];
    }
}
