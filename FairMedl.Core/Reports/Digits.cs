using System.Globalization;

namespace FairMedl.Core.Reports;

/// <summary>How a number is shown: a fixed number of decimals, or a number of significant digits where units vary. Always with a point, never grouped.</summary>
public readonly record struct Digits
{
    private readonly int count;
    private readonly bool significant;

    private Digits(int count, bool significant) => (this.count, this.significant) = (count, significant);

    /// <summary>Three decimals: rates, spreads of rates, AUROC.</summary>
    public static Digits Rate { get; } = Fixed(3);

    /// <summary>A share as a percentage with one decimal: "83.1%".</summary>
    public static string Percent(double share) => Fixed(1).Format(100 * share) + "%";

    /// <summary>So many decimals.</summary>
    public static Digits Fixed(int decimals) => new(decimals, significant: false);

    /// <summary>So many significant digits.</summary>
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

    /// <summary>How values of a metric are shown: rates with three decimals, the target's units with four significant digits.</summary>
    public static Digits Of(string metric, bool classification) =>
        classification || metric is "demographic_parity_ratio" or "r2" ? Rate : Significant(4);
}
