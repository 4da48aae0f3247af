using System.Globalization;

namespace FairMedl.Core.Data;

/// <summary>Values as they are shown in a message: short, and on one line.</summary>
internal static class MessageText
{
    private const int Length = 40;

    /// <summary>At most 40 characters, control characters as spaces, with an ellipsis where something was cut.</summary>
    public static string Shorten(string text)
    {
        bool isLong = text.Length > Length;
        if (isLong) text = text[..(char.IsHighSurrogate(text[Length - 2]) ? Length - 2 : Length - 1)];
        if (text.Any(char.IsControl)) text = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return isLong ? text + "…" : text;
    }

    /// <summary>A count with thousands separators, "32,538".</summary>
    public static string Count(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 row", "2,345 rows": of a word whose plural ends in s.</summary>
    public static string Count(long n, string one) => $"{Count(n)} {one}{(n == 1 ? "" : "s")}";

    /// <summary>"'a', 'b' and 3 more".</summary>
    public static string List(IEnumerable<string> values, int shown = 5)
    {
        List<string> all = [.. values];
        string head = string.Join(", ", all.Take(shown).Select(v => $"'{Shorten(v)}'"));
        return all.Count > shown ? $"{head} and {Count(all.Count - shown)} more" : head;
    }

    /// <summary>"lines 3, 5, 9 and more".</summary>
    public static string Lines(IReadOnlyList<long> lines, long count)
    {
        string head = string.Join(", ", lines.Take(5).Select(l => l.ToString(CultureInfo.InvariantCulture)));
        string word = count == 1 ? "line" : "lines";
        return count > Math.Min(5, lines.Count) ? $"{word} {head} and more" : $"{word} {head}";
    }
}
