using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace FairMedl.Web.Components.Theme;

/// <summary>
/// The design tokens of tokens.css, which is compiled into the program: colours, sizes and the font, light and dark. The page
/// reads the file itself; MudBlazor's theme and the charts' palette are made from these values, so the three cannot disagree.
/// </summary>
public sealed partial class DesignTokens
{
    private readonly FrozenDictionary<string, string> values;

    private DesignTokens(IEnumerable<KeyValuePair<string, string>> values) =>
        this.values = values.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The light theme.</summary>
    public static DesignTokens Light { get; } = new(Block(":root {"));

    /// <summary>The dark theme: its own values, else the light ones.</summary>
    public static DesignTokens Dark { get; } = new(Merged(Block(":root {"), Block(":root[data-theme=\"dark\"] {")));

    /// <summary>The value of a token such as <c>--fm-ink</c>.</summary>
    /// <exception cref="ArgumentException">tokens.css has no such token.</exception>
    public string this[string name] =>
        values.TryGetValue(name, out string? value) ? value : throw new ArgumentException($"tokens.css has no '{name}'.", nameof(name));

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => values.Keys;

    private static Dictionary<string, string> Merged(Dictionary<string, string> light, Dictionary<string, string> dark)
    {
        foreach ((string name, string value) in dark) light[name] = value;
        return light;
    }

    private static Dictionary<string, string> Block(string selector)
    {
        using Stream stream = typeof(DesignTokens).Assembly.GetManifestResourceStream("tokens.css")
            ?? throw new InvalidOperationException("tokens.css is not part of the program.");
        string css = new StreamReader(stream).ReadToEnd();
        int start = css.IndexOf(selector, StringComparison.Ordinal);
        if (start < 0) throw new InvalidOperationException($"tokens.css has no block '{selector}'.");
        string block = css[start..css.IndexOf('}', start)];
        return Declaration().Matches(block).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value.Trim(),
            StringComparer.Ordinal);
    }

    [GeneratedRegex(@"(?<name>--fm-[\w-]+):\s*(?<value>[^;]+);")]
    private static partial Regex Declaration();
}
