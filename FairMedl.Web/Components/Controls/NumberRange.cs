using System.Globalization;

namespace FairMedl.Web.Components.Controls;

/// <summary>What a field for a number takes, and what is said of anything else: nothing that a person types is rounded or cut without a word.</summary>
/// <param name="Name">What the number is, to begin a fault with.</param>
/// <param name="Least">The least value allowed.</param>
/// <param name="Most">The largest value allowed.</param>
/// <param name="IsWhole">Whether it must be whole.</param>
public sealed record NumberRange(string Name, double Least, double Most, bool IsWhole = false)
{
    /// <summary>"a whole number from 2 to 50".</summary>
    public string Words => $"a {(IsWhole ? "whole " : "")}number" + (double.IsFinite(Least) ? FormattableString.Invariant($" from {Least} to {Most}") : "");

    /// <summary>The number that a text is, or what is wrong with it and what is allowed.</summary>
    public (double? Value, string? Fault) Read(string text)
    {
        string typed = text.Trim();
        // A number too large for double precision reads as infinite: it is out of a range, which "∞" and "Infinity" are not.
        bool isNumber = double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && (double.IsFinite(value) || typed.Any(char.IsDigit));
        if (!isNumber || (double.IsInfinity(value) && !double.IsFinite(Least)))
            return (null, $"{Name}: '{typed}' is not a number. Give {Words}{(IsWhole ? "" : ", with a point for decimals")}.");
        if (IsWhole && value != Math.Floor(value)) return (null, $"{Name}: {typed} is not a whole number. Give {Words}.");
        return value < Least || value > Most ? (null, $"{Name}: {typed} is outside the range. Give {Words}.") : (value, null);
    }
}
