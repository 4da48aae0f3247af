using System.Text;

namespace FairMedl.Core.Reports;

/// <summary>
/// Makes text literal in LaTeX. Signs of our own sentences become commands, so that they compile with every engine;
/// letters beyond Latin stay as they are and want LuaLaTeX or XeLaTeX.
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
        'λ' => @"$\lambda$",
        'ŷ' => @"$\hat{y}$",
        '²' => "$^2$",
        '′' => "$'$",
        '…' => @"\ldots{}",
        '’' => "'",
        '\u00A0' => "~",
        _ => null,
    };
}
