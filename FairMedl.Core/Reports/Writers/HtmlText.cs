using System.Text;

namespace FairMedl.Core.Reports.Writers;

/// <summary>Escapes text for HTML elements and quoted attributes.</summary>
internal static class HtmlText
{
    /// <summary>The escaped text.</summary>
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
