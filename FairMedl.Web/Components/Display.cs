using System.Globalization;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;

namespace FairMedl.Web.Components;

/// <summary>
/// Numbers as pages show them, in the reader's format. A request's UI culture is the reader's; its culture is the invariant one, so
/// that everything not formatted here (addresses, styles, files) is the same for every reader.
/// </summary>
public static class Display
{
    private static CultureInfo Reader => CultureInfo.CurrentUICulture;

    /// <summary>How tables show their cells.</summary>
    public static CellText Cells => CellText.For(Reader);

    /// <summary>A sentence with its numbers in the reader's format.</summary>
    public static string Text(NumericText text) => text.In(Reader);

    /// <summary>A number in a metric's format.</summary>
    public static string Number(double value, Digits digits) => digits.FormatIn(Reader, value);

    /// <summary>Plotly's separators: the decimal, then the thousands separator.</summary>
    public static string Separators => Reader.NumberFormat.NumberDecimalSeparator + Reader.NumberFormat.NumberGroupSeparator;

    /// <summary>1,234,567.</summary>
    public static string Count(long n) => n.ToString("N0", Reader);

    /// <summary>"1 row", "2,345 rows".</summary>
    public static string Count(long n, string one, string many) => $"{Count(n)} {(n == 1 ? one : many)}";

    /// <summary>"512 B", "4.1 kB", "2.0 GB"; a kB is 1,024 bytes.</summary>
    public static string Bytes(long bytes)
    {
        if (bytes < 1024) return string.Create(Reader, $"{bytes} B");
        string[] units = ["kB", "MB", "GB", "TB"];
        double value = bytes;
        int unit = -1;
        // 1,023.96 kB would be written as 1,024.0 kB.
        while (unit < 0 || (value >= 1023.95 && unit < units.Length - 1))
        {
            value /= 1024;
            unit++;
        }

        return string.Create(Reader, $"{value:0.0} {units[unit]}");
    }

    /// <summary>"24%"; "0.4%" below one; "&lt;0.1%" and "&gt;99.9%" instead of a rounded 0 or 100.</summary>
    public static string Percent(double share)
    {
        double percent = 100 * share;
        return percent switch
        {
            > 0 and < .1 => "<0.1%",
            > 99.9 and < 100 => ">99.9%",
            > 0 and < 1 or > 99 and < 100 => string.Create(Reader, $"{percent:0.0}%"),
            _ => string.Create(Reader, $"{percent:0}%"),
        };
    }

    /// <summary>A number from the data with at most six digits: 37, 0.125, 1.5e+07.</summary>
    public static string Number(double value) => Math.Abs(value) is < 1e6 and >= 1e-3 or 0
        ? value.ToString("0.######", Reader) is { Length: <= 9 } plain ? plain : value.ToString("G6", Reader)
        : Math.Abs(value) < 1e12 && value == Math.Floor(value) ? value.ToString("N0", Reader) : value.ToString("G4", Reader);

    /// <summary>A number with thousands separators and at most five decimals: 100,000, 0.001.</summary>
    public static string Short(double value) => value.ToString("#,0.#####", Reader);

    /// <summary>The number of decimals that shows about four digits of the largest number, for one format per column.</summary>
    public static int DecimalsFor(IEnumerable<double> values)
    {
        double largest = values.Select(Math.Abs).DefaultIfEmpty().Max();
        return largest is 0 or >= 1000 ? 0 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(largest)), 0, 9);
    }

    /// <summary>A number with a fixed number of decimals: 12.75.</summary>
    public static string Fixed(double value, int decimals) => value.ToString($"N{decimals}", Reader);
}
