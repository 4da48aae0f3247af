using System.Globalization;

namespace FairMedl.Web.Components.Fields;

/// <summary>The numbers that a field accepts, and the message for anything else. Input is never rounded or clipped silently.</summary>
/// <param name="Name">The quantity, which starts the message.</param>
/// <param name="Least">The smallest allowed value.</param>
/// <param name="Most">The largest allowed value.</param>
/// <param name="IsWhole">Whether the number must be whole.</param>
public sealed record NumberRange(string Name, double Least, double Most, bool IsWhole = false)
{
    /// <summary>The accepted numbers, such as "a whole number from 2 to 50".</summary>
    public string Words =>
        $"a {(IsWhole ? "whole " : "")}number" + (double.IsFinite(Least) ? $" from {Plain(Least)} to {Plain(Most)}" : "");

    /// <summary>Reads a text: the number, or a message that says what is wrong and what is allowed.</summary>
    public (double? Value, string? Fault) Read(string text)
    {
        string typed = text.Trim();
        // A number too large for double precision reads as infinite: it is out of range, whereas "Infinity" is not a number.
        bool isNumber = double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && (double.IsFinite(value) || typed.Any(char.IsDigit));
        if (!isNumber || (double.IsInfinity(value) && !double.IsFinite(Least)))
            return (null, $"{Name}: '{typed}' is not a number. Enter {Words}{(IsWhole ? "" : ", with a decimal point")}.");
        if (IsWhole && value != Math.Floor(value)) return (null, $"{Name}: {typed} is not a whole number. Enter {Words}.");
        return value < Least || value > Most ? (null, $"{Name}: {typed} is out of range. Enter {Words}.") : (value, null);
    }

    // With thousands separators up to fifteen digits, beyond them as a power of ten.
    private static string Plain(double number) =>
        number.ToString(Math.Abs(number) < 1e15 ? "#,0.######" : "R", CultureInfo.InvariantCulture);
}
