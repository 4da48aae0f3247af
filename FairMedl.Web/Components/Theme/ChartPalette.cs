using System.Globalization;

namespace FairMedl.Web.Components.Theme;

/// <summary>
/// Colours for plotly, which reads no CSS variables: each is looked up in the <see cref="DesignTokens"/> of the theme in use.
/// </summary>
public sealed class ChartPalette
{
    private const double SoftShare = .42;

    private readonly DesignTokens tokens;

    private ChartPalette(DesignTokens tokens) => this.tokens = tokens;

    /// <summary>The palette of a theme.</summary>
    public static ChartPalette Of(bool dark) => new(dark ? DesignTokens.Dark : DesignTokens.Light);

    /// <summary>A colour: <c>var(--fm-ink)</c> is looked up, anything else is returned unchanged.</summary>
    public string this[string color] => color.StartsWith("var(", StringComparison.Ordinal) ? tokens[color[4..^1]] : color;

    /// <summary>A colour mixed with the surface: a light fill, or a faded mark.</summary>
    public string Soft(string color)
    {
        string a = this[color], b = tokens["--fm-surface"];
        return "#" + string.Concat(Enumerable.Range(0, 3).Select(i =>
            ((int)Math.Round(SoftShare * Part(a, i) + (1 - SoftShare) * Part(b, i))).ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static int Part(string hex, int i) => int.Parse(hex.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
