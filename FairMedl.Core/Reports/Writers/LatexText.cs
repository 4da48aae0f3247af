using System.Globalization;
using System.Text;

namespace FairMedl.Core.Reports.Writers;

/// <summary>
/// Escapes text for LaTeX. Symbols used in FairMedl's sentences become commands that compile with every engine. Non-Latin
/// letters are kept: LuaLaTeX and XeLaTeX print them, and <see cref="Fallbacks"/> defines a fallback for pdfLaTeX.
/// </summary>
internal static class LatexText
{
    // TeX does not hyphenate a hash; it may break after every 16 characters.
    private const int LongestWord = 40, BreakAfter = 16;

    /// <summary>The escaped text on one line. A word that is too long for a column, such as a hash, can be broken.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        int wordEnd = 0, wordStart = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (i >= wordEnd)
            {
                (wordStart, wordEnd) = (i, i);
                while (wordEnd < text.Length && char.IsAsciiLetterOrDigit(text[wordEnd])) wordEnd++;
            }

            if (wordEnd - wordStart > LongestWord && i > wordStart && (i - wordStart) % BreakAfter == 0) result.Append(@"\allowbreak{}");
            string? command = Command(c);
            if (command is not null) result.Append(command);
            else if (char.IsControl(c)) result.Append(' ');
            else result.Append(c);
        }

        return result.ToString();
    }

    /// <summary>
    /// Preamble commands for letters without a font in pdfLaTeX, which would stop with an error: it prints their code point
    /// instead, "[U+4E2D]". Other letters and engines are unaffected.
    /// </summary>
    /// <param name="text">The document.</param>
    public static string Fallbacks(string text)
    {
        Rune[] beyond = [.. text.EnumerateRunes().Where(r => !r.IsAscii).Distinct().Order()];
        if (beyond.Length == 0) return "";
        var result = new StringBuilder("\\ifPDFTeX\n\\newcommand\\orelse[2]{\\ifcsname " +
            "u8:\\detokenize{#2}\\endcsname\\else\\DeclareUnicodeCharacter{#1}{[U+#1]}\\fi}\n");
        foreach (Rune rune in beyond) result.Append(CultureInfo.InvariantCulture, $"\\orelse{{{rune.Value:X4}}}{{{rune}}}\n");
        return result.Append("\\fi\n").ToString();
    }

    private static string? Command(char c) => c switch
    {
        '\\' => @"\textbackslash{}",
        '{' => @"\{",
        '}' => @"\}",
        '$' => @"\$",
        '&' => @"\&",
        '#' => @"\#",
        '%' => @"\%",
        '_' => @"\_",
        '~' => @"\textasciitilde{}",
        '^' => @"\textasciicircum{}",
        '<' => "$<$",
        '>' => "$>$",
        '|' => "$|$",
        '"' => "''",
        '`' => "{`}",
        // Separated, so that two hyphens do not become a dash.
        '-' => "{-}",
        '–' => "--",
        '—' => "---",
        '−' => "$-$",
        '≤' => @"$\le$",
        '≥' => @"$\ge$",
        '×' => @"$\times$",
        '±' => @"$\pm$",
        '→' => @"$\rightarrow$",
        '√' => @"$\surd$",
        'Σ' => @"$\Sigma$",
        'Δ' => @"$\Delta$",
        'α' => @"$\alpha$",
        'β' => @"$\beta$",
        'γ' => @"$\gamma$",
        'κ' => @"$\kappa$",
        'λ' => @"$\lambda$",
        'μ' => @"$\mu$",
        'ρ' => @"$\rho$",
        'σ' => @"$\sigma$",
        'ŷ' => @"$\hat{y}$",
        '²' => "$^2$",
        '′' => "$'$",
        '…' => @"\ldots{}",
        '’' => "'",
        '\u00A0' => "~",
        _ => null,
    };
}
