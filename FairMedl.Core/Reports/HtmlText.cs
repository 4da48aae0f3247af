using System.Text;

namespace FairMedl.Core.Reports;

/// <summary>Makes text literal in HTML, in an element and in a quoted attribute.</summary>
internal static class HtmlText
{
    /// <summary>Escaped.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            result.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ when char.IsControl(c) && c is not ('\n' or '\t') => " ",
                _ => null,
            } ?? c.ToString());
        }

        return result.ToString();
    }
}
