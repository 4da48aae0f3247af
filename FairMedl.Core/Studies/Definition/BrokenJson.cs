using System.Buffers;
using System.Text;
using System.Text.Json;
using FairMedl.Core.Data;

namespace FairMedl.Core.Studies.Definition;

/// <summary>
/// Says in a person's words where a text stops being JSON: what was found there, and what is expected after all that was well.
/// </summary>
internal static class BrokenJson
{
    private static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private const string Value = "a value", Blank = " \t\r\n", Ends = " \t\r\n,:]}[{\"";

    /// <summary>Whether there are control characters that no text file has: a binary file, which no message should quote.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
            if (b < ' ' && !Blank.Contains((char)b)) return true;
        return false;
    }

    /// <summary>Returns the position of the syntax error, its description and a remedy.</summary>
    /// <param name="text">All of it.</param>
    /// <param name="from">Where the last token ends that was well (a field's name ends behind its colon).</param>
    /// <param name="last">That token; none at the beginning.</param>
    /// <param name="open">The enclosing objects and lists, innermost first.</param>
    public static (int At, string What, string Remedy) Explain(ReadOnlySpan<byte> text, int from, JsonTokenType last,
        IReadOnlyCollection<OpenContainer> open)
    {
        int at = SkipBlank(text, from);
        if (last == JsonTokenType.None)
            return at == text.Length ? (at, "it is empty.", "Write an object: { ... }.") : Unfit(text, at, "'{' at the beginning");
        if (open.Count == 0) return (at, $"found {Found(text, at)} after the end of the definition.", "Remove it.");

        OpenContainer inside = open.First();
        string end = inside.IsObject ? "'}'" : "']'";
        if (last == JsonTokenType.PropertyName) return Unfit(text, at, Value, inside);
        if (last is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            if (at == text.Length) return Cut(at, inside);
            if (text[at] != ',')
                return (at, $"found {Found(text, at)}, expected a comma or {end}.",
                    $"Put a comma before the next {(inside.IsObject ? "field" : "element")}, or close the " +
                    $"{(inside.IsObject ? "object" : "list")} with {end}.");
            at = SkipBlank(text, at + 1);
        }

        if (!inside.IsObject) return Unfit(text, at, $"{Value} or {end}", inside);
        if (at == text.Length) return Cut(at, inside);
        if (text[at] != '"')
            return (at, $"found {Found(text, at)}, expected a field's name in double quotes or {end}.", "Write it as \"name\": value.");
        if (StringEnd(text, at) is not { } behind) return BadText(text, at);
        int colon = SkipBlank(text, behind);
        return colon == text.Length
            ? Cut(colon, inside)
            : (colon, $"found {Found(text, colon)}, expected a colon after the field's name {Found(text, at)}.",
            "Write it as \"name\": value.");
    }

    /// <summary>Describes invalid text where a value is expected.</summary>
    private static (int, string, string) Unfit(ReadOnlySpan<byte> text, int at, string expected, OpenContainer? inside = null)
    {
        if (at == text.Length) return Cut(at, inside!.Value);
        if (text[at] == '"' && StringEnd(text, at) is null) return BadText(text, at);
        string found = Found(text, at), word = Encoding.UTF8.GetString(text[at..WordEnd(text, at)]);
        string remedy = word.ToLowerInvariant() switch
        {
            "true" or "false" or "null" => $"Write {word.ToLowerInvariant()}, in lower case.",
            "none" => "Write null, or leave the field out.",
            ['\'', ..] => "Put text in double quotes.",
            [>= '0' and <= '9' or '-' or '+' or '.', ..] => "Write a number as 12, 0.5 or 1e-3.",
            [(>= 'a' and <= 'z') or '_', ..] when expected.StartsWith(Value, StringComparison.Ordinal) =>
                $"If it is text, put it in double quotes: \"{MessageText.Shorten(word)}\".",
            ['{' or '[', ..] when expected.StartsWith(Value, StringComparison.Ordinal) =>
                "Objects and lists are nested more than 64 levels deep. Reduce the nesting.",
            _ => "See samples/README.md for the format of a definition.",
        };
        return (at, $"found {found}, expected {expected}.", remedy);
    }

    private static (int, string, string) Cut(int at, OpenContainer inside)
    {
        (string what, string begin, string end) = inside.IsObject ? ("object", "{", "}") : ("list", "[", "]");
        return (at, FormattableString.Invariant($"it ends before the {what} that starts with '{begin}' on line {inside.Line} is closed."),
            $"Add '{end}' at its end. If the file is truncated, use the complete file.");
    }

    private static (int, string, string) BadText(ReadOnlySpan<byte> text, int at)
    {
        for (int i = at + 1; i < text.Length && text[i] >= ' '; i++)
        {
            if (text[i] != '\\') continue;
            if (i + 1 < text.Length && text[i + 1] >= ' ' && !IsEscape(text[i..]))
                return (i, $"found '\\{(char)text[i + 1]}' in text, where a backslash starts an escape sequence.",
                    "Double the backslash: \\\\.");
            i++;
        }

        return (at, $"found {Found(text, at)}, text without a closing quote on its line.",
            "Close it with a double quote. Write a line break in text as \\n.");
    }

    /// <summary>Behind the closing quote; null where there is none on the line, or an escape that is none comes before it.</summary>
    private static int? StringEnd(ReadOnlySpan<byte> text, int at)
    {
        for (int i = at + 1; i < text.Length && text[i] >= ' '; i++)
        {
            if (text[i] == '"') return i + 1;
            if (text[i] != '\\') continue;
            if (!IsEscape(text[i..])) return null;
            i++;
        }

        return null;
    }

    private static bool IsEscape(ReadOnlySpan<byte> text) =>
        text.Length > 1 && (text[1] == 'u'
            ? text.Length > 5 && text[2..6].IndexOfAnyExcept(Hexadecimal) < 0 : "\"\\/bfnrt"u8.Contains(text[1]));

    /// <summary>Behind white space and comments.</summary>
    private static int SkipBlank(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            if (Blank.Contains((char)text[at])) at++;
            else if (text[at..].StartsWith("//"u8)) at = text[at..].IndexOf((byte)'\n') is >= 0 and var line ? at + line : text.Length;
            else if (text[at..].StartsWith("/*"u8) && text[at..].IndexOf("*/"u8) is >= 0 and var end) at += end + 2;
            else break;
        }

        return at;
    }

    private static string Found(ReadOnlySpan<byte> text, int at)
    {
        if (at == text.Length) return "nothing";
        int end = text[at] == '"'
            ? StringEnd(text, at) ?? (text[at..].IndexOf((byte)'\n') is >= 0 and var line ? at + line : text.Length) : WordEnd(text, at);
        string word = MessageText.Shorten(Encoding.UTF8.GetString(text[at..end]).TrimEnd());
        return word.StartsWith('"') || word.StartsWith('\'') ? word : $"'{word}'";
    }

    /// <summary>Behind a word, or behind a single sign.</summary>
    private static int WordEnd(ReadOnlySpan<byte> text, int at)
    {
        int end = at;
        while (end < text.Length && !Ends.Contains((char)text[end])) end++;
        return Math.Max(end, at + 1);
    }
}
