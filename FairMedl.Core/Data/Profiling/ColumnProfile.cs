using System.Globalization;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Profiling;

/// <summary>One bar of a histogram.</summary>
/// <param name="Label">The level, or the bin's bounds.</param>
/// <param name="Count">Rows.</param>
/// <param name="Lower">The bin's lower bound, in the bin; null for a level.</param>
/// <param name="Upper">The bin's upper bound, in the bin for whole numbers and for the last bin alone otherwise; null for a level.</param>
public sealed record HistogramBar(string Label, long Count, double? Lower = null, double? Upper = null);

/// <summary>What a person sees of a column before choosing its role. Numbers are of the finite values.</summary>
/// <param name="Name">The column's name in the file.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="IsWhole">Whether they are whole numbers.</param>
/// <param name="DistinctCount">Distinct values, missing not counted; a lower bound for <see cref="ColumnKind.TooManyValues"/>.</param>
/// <param name="MissingCount">Rows without a value.</param>
/// <param name="Examples">Up to three distinct values in the order of the file.</param>
/// <param name="Minimum">Of a column of numbers.</param>
/// <param name="Maximum">Of a column of numbers.</param>
/// <param name="Mean">Of a column of numbers.</param>
/// <param name="Histogram">Up to 20 bins of equal width, ascending; or the ten most frequent levels.</param>
/// <param name="OtherLevels">How many levels have no bar.</param>
/// <param name="OtherCount">How many rows these levels have.</param>
/// <param name="Problems">What to know before using it, with line numbers.</param>
public sealed record ColumnProfile(
    string Name,
    ColumnKind Kind,
    bool IsWhole,
    int DistinctCount,
    int MissingCount,
    IReadOnlyList<string> Examples,
    double? Minimum,
    double? Maximum,
    double? Mean,
    IReadOnlyList<HistogramBar> Histogram,
    int OtherLevels,
    long OtherCount,
    IReadOnlyList<ColumnProblem> Problems)
{
    private const int Bins = 20, TopLevels = 10;

    /// <summary>Returns the profile of a column.</summary>
    public static ColumnProfile Of(Column column) => column.Kind switch
    {
        ColumnKind.Number => OfNumbers(column),
        ColumnKind.Text => OfLevels(column),
        ColumnKind.Empty or ColumnKind.TooManyValues => Plain(column),
    };

    private static ColumnProfile Plain(Column column) =>
        new(column.Name, column.Kind, column.IsWhole, column.DistinctCount, column.MissingCount, column.Examples, null, null, null, [], 0,
            0, column.Problems);

    private static ColumnProfile OfLevels(Column column)
    {
        var counts = new long[column.Levels.Count];
        for (int row = 0; row < column.RowCount; row++)
        {
            if (column.Code(row) is >= 0 and int level) counts[level]++;
        }

        int[] order = [.. Enumerable.Range(0, counts.Length).OrderByDescending(l => counts[l]).Take(TopLevels)];
        HistogramBar[] bars = [.. order.Select(l => new HistogramBar(column.Levels[l], counts[l]))];
        return Plain(column) with
        {
            Histogram = bars,
            OtherLevels = counts.Length - bars.Length,
            OtherCount = column.RowCount - column.MissingCount - bars.Sum(b => b.Count),
        };
    }

    private static ColumnProfile OfNumbers(Column column)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity, mean = 0;
        long n = 0;
        for (int row = 0; row < column.RowCount; row++)
        {
            double x = column.Number(row);
            if (!double.IsFinite(x)) continue;
            low = Math.Min(low, x);
            high = Math.Max(high, x);
            mean += (x - mean) / ++n;
        }

        if (n == 0) return Plain(column);
        return Plain(column) with { Minimum = low, Maximum = high, Mean = mean, Histogram = BinNumbers(column, low, high) };
    }

    private static HistogramBar[] BinNumbers(Column column, double low, double high)
    {
        bool isWhole = column.IsWhole && high - low < 1e15;
        double width = isWhole ? Math.Max(1, Math.Ceiling((high - low + 1) / Bins)) : high / Bins - low / Bins;
        int bins = isWhole ? (int)Math.Floor((high - low) / width) + 1 : width > 0 ? Bins : 1;
        var counts = new long[bins];
        for (int row = 0; row < column.RowCount; row++)
        {
            double x = column.Number(row);
            if (!double.IsFinite(x)) continue;
            int bin = width > 0 ? (int)(x / width - low / width) : 0;
            counts[Math.Clamp(bin, 0, bins - 1)]++;
        }

        var bars = new HistogramBar[bins];
        for (int b = 0; b < bins; b++)
        {
            double lower = low + b * width, upper = isWhole ? Math.Min(high, lower + width - 1) : b == bins - 1 ? high : lower + width;
            string label = lower == upper ? Show(lower) : $"{Show(lower)}–{Show(upper)}";
            bars[b] = new HistogramBar(label, counts[b], lower, upper);
        }

        return bars;
    }

    private static string Show(double x) => x == Math.Floor(x) && Math.Abs(x) < 1e6
        ? x.ToString("0", CultureInfo.InvariantCulture)
        : x.ToString("G4", CultureInfo.InvariantCulture);
}

/// <summary>What a person sees of a file before choosing roles.</summary>
/// <param name="Name">What the person calls it.</param>
/// <param name="RowCount">Data rows.</param>
/// <param name="ByteCount">Bytes of the file.</param>
/// <param name="Fingerprint">SHA-256 of the file's bytes.</param>
/// <param name="Columns">In the order of the file.</param>
/// <param name="Problems">Of the file as a whole.</param>
public sealed record TableProfile(string Name, int RowCount, long ByteCount, string Fingerprint, IReadOnlyList<ColumnProfile> Columns,
    IReadOnlyList<ColumnProblem> Problems)
{
    /// <summary>Returns the profiles of all columns of a table.</summary>
    public static TableProfile Of(Table table) =>
        new(table.Name, table.RowCount, table.ByteCount, table.Fingerprint, [.. table.Columns.Select(ColumnProfile.Of)], table.Problems);
}
