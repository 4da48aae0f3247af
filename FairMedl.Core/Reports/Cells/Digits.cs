using System.Globalization;

namespace FairMedl.Core.Reports.Cells;

/// <summary>
/// Number format: a fixed number of decimals, or of significant digits where units vary. With a decimal point and no separators.
/// </summary>
public readonly record struct Digits
{
    private readonly int count;
    private readonly bool significant;

    private Digits(int count, bool significant) => (this.count, this.significant) = (count, significant);

    /// <summary>Three decimals: rates, spreads of rates, AUROC.</summary>
    public static Digits Rate { get; } = Fixed(3);

    /// <summary>A share as a percentage with one decimal: "83.1%".</summary>
    public static string Percent(double share) => Fixed(1).Format(100 * share) + "%";

    /// <summary>A fixed number of decimals.</summary>
    public static Digits Fixed(int decimals) => new(decimals, significant: false);

    /// <summary>A number of significant digits.</summary>
    public static Digits Significant(int digits) => new(digits, significant: true);

    /// <summary>The number as text; a rounded zero has no sign.</summary>
    public string Format(double value)
    {
        int decimals = count;
        if (significant && value != 0)
        {
            int magnitude = (int)Math.Floor(Math.Log10(Math.Abs(value)));
            if (magnitude is < -6 or > 14) return value.ToString("E" + (count - 1), CultureInfo.InvariantCulture);
            decimals = Math.Max(0, count - 1 - magnitude);
        }

        string text = value.ToString("F" + decimals, CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.All(c => c is '-' or '0' or '.') ? text[1..] : text;
    }

    /// <summary>
    /// The format of a metric's values: three decimals for rates, four significant digits for values in the target's units.
    /// </summary>
    public static Digits Of(string metric, bool classification) =>
        classification || metric is "demographic_parity_ratio" or "r2" ? Rate : Significant(4);
}
