using System.Globalization;

namespace FairMedl.Core.Data.Csv;

/// <summary>What a value reads as.</summary>
internal enum ValueShape { Text, Number, NonFinite }

/// <summary>Decides whether a value is a number: invariant culture, a decimal point, no thousands separators.</summary>
internal static class NumberText
{
    /// <summary>
    /// 2^53: below it every whole number is exact in double precision, from it on a neighbour may have been read instead.
    /// </summary>
    public const double ExactWhole = 9007199254740992;

    /// <summary>The shape of a UTF-8 value; <paramref name="number"/> is infinite for a non-finite one and NaN for text.</summary>
    public static ValueShape Read(ReadOnlySpan<byte> text, out double number)
    {
        number = double.NaN;
        if (text.IsEmpty || text.Length > 400) return ValueShape.Text;
        byte first = text[0];
        bool signed = first is (byte)'+' or (byte)'-';
        byte lead = signed && text.Length > 1 ? text[1] : first;
        if (lead is >= (byte)'0' and <= (byte)'9' or (byte)'.')
        {
            if (!double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out number))
            {
                number = double.NaN;
                return ValueShape.Text;
            }

            return double.IsFinite(number) ? ValueShape.Number : ValueShape.NonFinite;
        }

        if (!IsNonFiniteWord(signed ? text[1..] : text)) return ValueShape.Text;
        number = first == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
        return ValueShape.NonFinite;
    }

    /// <summary>The number that a text means, if it is a finite one.</summary>
    public static bool TryFinite(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);

    /// <summary>The shortest text that reads back as the number.</summary>
    public static string Show(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static bool IsNonFiniteWord(ReadOnlySpan<byte> text) =>
        Equals(text, "inf"u8) || Equals(text, "infinity"u8) || Equals(text, "nan"u8);

    private static bool Equals(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) =>
        text.Length == lowerCase.Length && System.Text.Ascii.EqualsIgnoreCase(text, lowerCase);
}
