using System.Text;

namespace FairMedl.Core.Reports.Writers;

/// <summary>Escapes text for GitHub-flavoured Markdown paragraphs and table cells.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_[]<>|&$~#";

    /// <summary>The escaped text on one line.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            if (c is '\r' or '\n' or '\t') result.Append(' ');
            else if (Special.Contains(c, StringComparison.Ordinal)) result.Append('\\').Append(c);
            else result.Append(c);
        }

        return result.ToString();
    }
}
