using System.Text;

namespace FairMedl.Tests.Wording;

/// <summary>Finds the string literals of C# source text. The holes of an interpolated string become spaces.</summary>
internal sealed class CodeStrings
{
    private readonly string source;
    private readonly List<(int Line, string Text)> found = [];
    private int at;

    private CodeStrings(string source) => this.source = source;

    /// <summary>Returns every literal with the line on which it starts; comments are skipped.</summary>
    public static IReadOnlyList<(int Line, string Text)> Of(string source)
    {
        var reader = new CodeStrings(source);
        reader.Code(isHole: false);
        return reader.found;
    }

    private bool Is(string text) => string.CompareOrdinal(source, at, text, 0, text.Length) == 0;

    /// <summary>Reads code up to its end, or up to the brace that closes a hole.</summary>
    private void Code(bool isHole)
    {
        for (int depth = 0; at < source.Length; at++)
        {
            char c = source[at];
            if (Is("//")) SkipTo("\n");
            else if (Is("/*")) SkipTo("*/");
            else if (c == '\'') SkipCharacter();
            else if (c == '"') Literal();
            else if (c == '{') depth++;
            else if (c == '}' && depth-- == 0 && isHole) return;
        }
    }

    private void SkipTo(string end)
    {
        int next = source.IndexOf(end, at + 2, StringComparison.Ordinal);
        at = next < 0 ? source.Length : next + end.Length - 1;
    }

    private void SkipCharacter()
    {
        at += source[at + 1] == '\\' ? 2 : 1;
        while (at + 1 < source.Length && source[at] != '\'') at++;
    }

    /// <summary>Reads one literal; the reader is on its first quote and ends on its last.</summary>
    private void Literal()
    {
        int start = at, holes = 0;
        bool isVerbatim = false;
        for (int i = at - 1; i >= 0 && source[i] is '$' or '@'; i--)
        {
            if (source[i] == '$') holes++;
            else isVerbatim = true;
        }

        int quotes = 0;
        while (at < source.Length && source[at] == '"')
        {
            quotes++;
            at++;
        }

        if (quotes == 2)
        {
            at--;
            return;
        }

        string end = new('"', quotes);
        var text = new StringBuilder();
        while (at < source.Length && !Is(end))
        {
            if (source[at] == '\\' && quotes == 1 && !isVerbatim)
            {
                text.Append(source[at + 1] is 'n' or 't' ? ' ' : source[at + 1]);
                at += 2;
            }
            else if (holes > 0 && Is(new string('{', holes)) && !(quotes == 1 && Is("{{")))
            {
                at += holes;
                Code(isHole: true);
                at += holes;
                text.Append(' ');
            }
            else if (holes > 0 && quotes == 1 && (Is("{{") || Is("}}"))) at += 2;
            else text.Append(source[at++]);
        }

        at += quotes - 1;
        found.Add((1 + source.AsSpan(0, start).Count('\n'), text.ToString()));
    }
}
