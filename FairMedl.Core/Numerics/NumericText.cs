using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace FairMedl.Core.Numerics;

/// <summary>
/// Text with numbers that are formatted only when it is written, in the culture of its reader. An interpolated string becomes one:
/// <c>NumericText text = $"n = {count:N0}"</c>. Two are equal if they read the same in the invariant culture.
/// </summary>
[InterpolatedStringHandler]
public sealed class NumericText : IFormattable, IEquatable<NumericText>
{
    // Text, or a number with its format.
    private readonly List<object> parts;

    /// <summary>Called by the compiler for an interpolated string.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NumericText(int literalLength, int formattedCount) => parts = new(literalLength == 0 ? formattedCount : 2 * formattedCount + 1);

    private NumericText(IEnumerable<object> parts) => this.parts = [.. parts];

    /// <summary>No text.</summary>
    public static NumericText Empty { get; } = new([]);

    /// <summary>Whether there is no text.</summary>
    public bool IsEmpty => parts.Count == 0;

    /// <summary>Text whose numbers, if it has any, are the same for every reader, such as a name.</summary>
    public static NumericText Of(string text) => text.Length == 0 ? Empty : new([text]);

    /// <summary>An interpolated string as such a text, where the compiler needs its type.</summary>
    public static NumericText Of(NumericText text) => text;

    /// <summary>Texts with a separator between them.</summary>
    public static NumericText Join(string separator, IEnumerable<NumericText> texts) =>
        new(texts.SelectMany((t, i) => i == 0 ? t.parts : t.parts.Prepend(separator)));

    /// <summary>Texts as "a", "a and b" or "a, b and c".</summary>
    public static NumericText List(IReadOnlyList<NumericText> texts) => texts.Count switch
    {
        0 => Empty,
        1 => texts[0],
        _ => $"{Join(", ", texts.SkipLast(1))} and {texts[^1]}",
    };

    /// <summary>Called by the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendLiteral(string text) => parts.Add(text);

    /// <summary>Called by the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(string? text)
    {
        if (!string.IsNullOrEmpty(text)) parts.Add(text);
    }

    /// <summary>Called by the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(NumericText? text) => parts.AddRange(text?.parts ?? []);

    /// <summary>Called by the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<T>(T number, string? format = null)
        where T : IFormattable => parts.Add(new Number(number, format));

    /// <summary>The text with a capital letter at its start.</summary>
    public NumericText Capitalised() => parts is [string { Length: > 0 } first, .. var others]
        ? new([char.ToUpperInvariant(first[0]) + first[1..], .. others]) : this;

    /// <summary>The text with its numbers in a culture's format.</summary>
    public string In(IFormatProvider culture) =>
        string.Concat(parts.Select(p => p is Number number ? number.Value.ToString(number.Format, culture) : (string)p));

    /// <summary>The text in the invariant culture, as files have it.</summary>
    public override string ToString() => In(CultureInfo.InvariantCulture);

    /// <inheritdoc />
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) =>
        In(formatProvider ?? CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public bool Equals(NumericText? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as NumericText);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    private sealed record Number(IFormattable Value, string? Format);
}
