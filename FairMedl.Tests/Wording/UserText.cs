using System.Text.RegularExpressions;

namespace FairMedl.Tests.Wording;

/// <summary>The text that users read: string literals of C# files, markup of Razor files, prose of Markdown files.</summary>
internal static partial class UserText
{
    /// <summary>Returns the passages of a file with their line numbers.</summary>
    public static IEnumerable<(int Line, string Text)> Of(string path, string content) => Path.GetExtension(path) switch
    {
        ".cs" => CodeStrings.Of(content).Where(s => s.Text.Contains(' ', StringComparison.Ordinal)),
        ".razor" => Markup(content),
        _ => Prose(content),
    };

    private static IEnumerable<(int Line, string Text)> Markup(string content)
    {
        string text = Comments().Replace(content, m => new string('\n', m.Value.Count(c => c == '\n')));
        int code = text.IndexOf("@code", StringComparison.Ordinal);
        string markup = code < 0 ? text : text[..code];
        int line = 0;
        foreach (string row in markup.Split('\n'))
        {
            line++;
            // Names for code and styles are not text; tags and expressions are, for their titles and labels.
            if (Statement().IsMatch(row)) continue;
            string read = Expressions().Replace(Names().Replace(row, " "), " ");
            if (read.Trim() is { Length: > 0 } passage) yield return (line, passage);
        }

        if (code < 0) yield break;
        foreach ((int at, string literal) in CodeStrings.Of(text[code..]).Where(s => s.Text.Contains(' ', StringComparison.Ordinal)))
            yield return (line - 1 + at, literal);
    }

    private static IEnumerable<(int Line, string Text)> Prose(string content)
    {
        int line = 0;
        foreach (string row in content.Split('\n'))
        {
            line++;
            if (!row.StartsWith("    ", StringComparison.Ordinal)) yield return (line, InlineCode().Replace(row, " "));
        }
    }

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->|///[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\b(data-testid|id|Id|class|Class|for|For|style|Style|href|Href|TestId|aria-labelledby|aria-describedby|@bind[\w:-]*|@on[\w:-]*)=(""[^""]*""|@\([^)]*\))|\b[A-Z]\w*=""[A-Z]\w* is [\w. ]+""|\b(?<name>[A-Z]\w*)=""\k<name>""|\b[A-Z]\w*=(""[a-z][\w.!]*"")?|\b[A-Z]\w*=(?="")")]
    private static partial Regex Names();

    /// <summary>A line of code: a directive, a branch, a loop, a declaration.</summary>
    [GeneratedRegex(@"^\s*(@(using|inject|if|foreach|for|switch|implements|inherits|typeparam)\b|else\b|case\b|[A-Za-z(][\w<>?, ()\[\]]* = [^""]*;)")]
    private static partial Regex Statement();

    [GeneratedRegex(@"@\(?[\w.!?]+(\([^()]*\))?")]
    private static partial Regex Expressions();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();
}
