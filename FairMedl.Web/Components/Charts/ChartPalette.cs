using System.Globalization;

namespace FairMedl.Web.Components.Charts;

/// <summary>The colours of tokens.css as plotly needs them, light or dark: it reads no CSS variables.</summary>
public sealed class ChartPalette
{
    private static readonly ChartPalette Light = new(
        ("--fm-ink", "#182026"), ("--fm-ink-soft", "#46525b"), ("--fm-ink-faint", "#5f6b75"), ("--fm-line", "#d9e0e4"), ("--fm-line-strong", "#7f8b94"), ("--fm-surface", "#ffffff"), ("--fm-noise", "rgba(70, 82, 91, .16)"), ("--fm-accent", "#0b5f73"),
        ("--fm-series-1", "#2b3238"), ("--fm-series-2", "#e69f00"), ("--fm-series-3", "#56b4e9"), ("--fm-series-4", "#009e73"), ("--fm-series-5", "#c4b400"), ("--fm-series-6", "#0072b2"), ("--fm-series-7", "#d55e00"), ("--fm-series-8", "#cc79a7"));

    private static readonly ChartPalette Dark = new(
        ("--fm-ink", "#e6ecef"), ("--fm-ink-soft", "#b3bfc7"), ("--fm-ink-faint", "#94a2ab"), ("--fm-line", "#2f3b43"), ("--fm-line-strong", "#76858f"), ("--fm-surface", "#182025"), ("--fm-noise", "rgba(190, 205, 214, .17)"), ("--fm-accent", "#63c5d9"),
        ("--fm-series-1", "#dde4e8"), ("--fm-series-2", "#e69f00"), ("--fm-series-3", "#7cc8f2"), ("--fm-series-4", "#16b88a"), ("--fm-series-5", "#f0e442"), ("--fm-series-6", "#3c93d6"), ("--fm-series-7", "#e9762b"), ("--fm-series-8", "#d98fba"));

    private readonly Dictionary<string, string> colors;

    private ChartPalette(params (string Name, string Color)[] colors) => this.colors = colors.ToDictionary(c => c.Name, c => c.Color, StringComparer.Ordinal);

    /// <summary>The palette of a theme.</summary>
    public static ChartPalette Of(bool dark) => dark ? Dark : Light;

    /// <summary>A colour; <c>var(--fm-ink)</c> by its name, any other as it is.</summary>
    public string this[string color] => color.StartsWith("var(", StringComparison.Ordinal) ? colors[color[4..^1]] : color;

    /// <summary>A light fill of a colour on the surface.</summary>
    public string Soft(string color)
    {
        string a = this[color], b = colors["--fm-surface"];
        return "#" + string.Concat(Enumerable.Range(0, 3).Select(i => ((int)Math.Round(.42 * Part(a, i) + .58 * Part(b, i))).ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static int Part(string hex, int i) => int.Parse(hex.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
