using System.Globalization;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Reports.Cells;

/// <summary>How a writer formats the numbers of cells and texts: its separators and its minus sign.</summary>
public sealed class CellText
{
    private readonly NumberFormatInfo numbers;

    private CellText(NumberFormatInfo numbers) => this.numbers = numbers;

    /// <summary>Invariant, with thousands separators in counts: Markdown and JSON.</summary>
    public static CellText Plain { get; } = new(NumberFormatInfo.InvariantInfo);

    /// <summary>For files that programs read: no thousands separators.</summary>
    public static CellText Data { get; } = new(Invariant(n => n.NumberGroupSeparator = ""));

    /// <summary>For typeset documents: a true minus sign, which is as wide as the digits.</summary>
    public static CellText Typeset { get; } = new(Invariant(n => n.NegativeSign = "−"));

    /// <summary>For a reader of a page.</summary>
    public static CellText For(CultureInfo reader) => new(reader.NumberFormat);

    /// <summary>A cell as text; empty for an empty cell.</summary>
    public string Of(ReportCell cell) => cell switch
    {
        { Text: { } text } => Of(text),
        { Value: not null, Remark: { } remark } => $"{Value(cell)} ({remark})",
        { Value: not null } => Interval(cell) is { } interval ? $"{Value(cell)} {interval}" : Value(cell),
        { Lower: { } lower, Upper: { } upper } => Bounds(lower, upper, cell.Digits),
        { IsUndefined: true } => cell.Undefined is { } reason ? $"– ({reason})" : "–",
        _ => "",
    };

    /// <summary>A cell's value with its SD over seeds, "0.174 ± 0.012"; empty where there is no value.</summary>
    public string Value(ReportCell cell) => cell.Value is not { } value ? ""
        : cell.Deviation is { } deviation ? $"{cell.Digits.FormatIn(numbers, value)} ± {cell.Digits.FormatIn(numbers, deviation)}"
        : cell.Digits.FormatIn(numbers, value);

    /// <summary>The interval after a cell's value, "[0.164 to 0.184]"; null where it has no value or no interval.</summary>
    public string? Interval(ReportCell cell) => cell is { Value: not null, Lower: { } lower, Upper: { } upper }
        ? $"[{Bounds(lower, upper, cell.Digits)}]" : null;

    /// <summary>A cell's details, one a line.</summary>
    public IReadOnlyList<string> Details(ReportCell cell) => [.. cell.Details.Select(Of)];

    /// <summary>A cell's details as one text; null where there are none.</summary>
    public string? Detail(ReportCell cell) => cell.Details.Count == 0 ? null : string.Join("; ", Details(cell));

    /// <summary>A text with numbers.</summary>
    public string Of(NumericText text) => text.In(numbers);

    private string Bounds(double lower, double upper, Digits digits) =>
        $"{digits.FormatIn(numbers, lower)} to {digits.FormatIn(numbers, upper)}";

    private static NumberFormatInfo Invariant(Action<NumberFormatInfo> change)
    {
        var numbers = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        change(numbers);
        return NumberFormatInfo.ReadOnly(numbers);
    }
}
