using System.Globalization;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Reports.Cells;

/// <summary>
/// Number format: a fixed number of decimals, or of significant digits where units vary. The culture of the reader adds its decimal
/// separator and signs.
/// </summary>
public readonly record struct Digits
{
    private readonly int count;
    private readonly Kind kind;

    private Digits(int count, Kind kind) => (this.count, this.kind) = (count, kind);

    private enum Kind
    {
        Fixed,
        Significant,
        Count,
        Probability,
        Scientific,
        Exact,
    }

    /// <summary>Three decimals: rates, spreads of rates, AUROC.</summary>
    public static Digits Rate { get; } = Fixed(3);

    /// <summary>A whole number with thousands separators.</summary>
    public static Digits Count { get; } = new(0, Kind.Count);

    /// <summary>A p value: three decimals, "&lt;0.001" below that.</summary>
    public static Digits Probability { get; } = new(3, Kind.Probability);

    /// <summary>The fewest digits that read back to the same number.</summary>
    public static Digits Exact { get; } = new(0, Kind.Exact);

    /// <summary>A fixed number of decimals, with thousands separators.</summary>
    public static Digits Grouped(int decimals) => new(decimals, Kind.Count);

    /// <summary>A power of ten with a fixed number of decimals: "2.0E-6".</summary>
    public static Digits Scientific(int decimals) => new(decimals, Kind.Scientific);

    /// <summary>A share as a percentage with one decimal: "83.1%".</summary>
    public static NumericText Percent(double share) => $"{Fixed(1).Number(100 * share)}%";

    /// <summary>A fixed number of decimals.</summary>
    public static Digits Fixed(int decimals) => new(decimals, Kind.Fixed);

    /// <summary>A number of significant digits.</summary>
    public static Digits Significant(int digits) => new(digits, Kind.Significant);

    /// <summary>The format of a metric's values.</summary>
    public static Digits Of(string metric, bool classification) => Of(MetricDescriptions.Get(metric), classification);

    /// <summary>The format of a metric's values: three decimals for rates, four significant digits for values in the target's units.</summary>
    public static Digits Of(MetricDescription metric, bool classification) =>
        classification || metric.IsRatio ? Rate : Significant(4);

    /// <summary>A number that is formatted when its text is written.</summary>
    public FormattedNumber Number(double value) => new(value, this);

    /// <summary>The number in the invariant culture; a rounded zero has no sign.</summary>
    public string Format(double value) => FormatIn(CultureInfo.InvariantCulture, value);

    /// <summary>The number with a culture's separators and signs.</summary>
    public string FormatIn(IFormatProvider culture, double value)
    {
        var numbers = NumberFormatInfo.GetInstance(culture);
        if (kind == Kind.Probability && value < 0.001) return "<" + 0.001.ToString("F3", numbers);
        string format = kind switch
        {
            Kind.Count => $"N{count}",
            Kind.Scientific => $"0.{new string('0', count)}E+0",
            Kind.Exact => "R",
            Kind.Fixed or Kind.Significant or Kind.Probability => Decimals(value) is { } decimals ? $"F{decimals}" : $"E{count - 1}",
        };
        string text = value.ToString(format, numbers);
        return double.IsNegative(value) && !text.AsSpan().ContainsAnyInRange('1', '9') ? (0.0).ToString(format, numbers) : text;
    }

    /// <summary>Whether a number is shown as zero.</summary>
    public bool IsZero(double value) => !Format(value).AsSpan().ContainsAnyInRange('1', '9');

    /// <summary>The number of decimals shown; null where the number is not shown with a fixed number of them.</summary>
    public int? Decimals(double value)
    {
        if (kind is Kind.Exact or Kind.Scientific) return null;
        if (kind != Kind.Significant || value == 0) return count;
        int magnitude = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return magnitude is < -6 or > 14 ? null : Math.Max(0, count - 1 - magnitude);
    }
}

/// <summary>A number with its format, for a text.</summary>
/// <param name="Value">The number.</param>
/// <param name="Digits">Its format.</param>
public readonly record struct FormattedNumber(double Value, Digits Digits) : IFormattable
{
    /// <inheritdoc />
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        Digits.FormatIn(formatProvider ?? CultureInfo.InvariantCulture, Value);

    /// <summary>The number in the invariant culture.</summary>
    public override string ToString() => Digits.Format(Value);
}
