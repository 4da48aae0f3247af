using System.Globalization;
using System.Text;

namespace FairMedl.Core.Reports;

/// <summary>
/// Makes text literal in LaTeX. Signs of our own sentences become commands, so that they compile with every engine;
/// letters beyond Latin stay as they are: LuaLaTeX and XeLaTeX set them, and <see cref="Fallbacks"/> tells pdfLaTeX what to do.
/// </summary>
internal static class LatexText
{
    /// <summary>Escaped, on one line.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            string? command = Command(c);
            if (command is not null) result.Append(command);
            else if (char.IsControl(c)) result.Append(' ');
            else result.Append(c);
        }

        return result.ToString();
    }

    /// <summary>
    /// For the preamble: pdfLaTeX stops at a letter that it has no font for; with these it prints the letter's number in its
    /// place, "[U+4E2D]". Letters that it knows, and the other engines, are left alone.
    /// </summary>
    /// <param name="text">The document.</param>
    public static string Fallbacks(string text)
    {
        Rune[] beyond = [.. text.EnumerateRunes().Where(r => !r.IsAscii).Distinct().Order()];
        if (beyond.Length == 0) return "";
        var result = new StringBuilder("\\ifPDFTeX\n\\newcommand\\orelse[2]{\\ifcsname u8:\\detokenize{#2}\\endcsname\\else\\DeclareUnicodeCharacter{#1}{[U+#1]}\\fi}\n");
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
        // Apart, so that two of them make no dash.
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
