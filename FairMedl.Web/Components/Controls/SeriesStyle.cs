using FairMedl.Core.Models;

namespace FairMedl.Web.Components.Controls;

/// <summary>
/// The look of a model or group, the same on every page and in both themes: a colour of the Okabe-Ito palette, with a dash and a
/// marker as second cues.
/// </summary>
/// <param name="Color">A CSS variable of tokens.css, such as <c>var(--fm-series-6)</c>; charts look it up when they draw.</param>
/// <param name="Dash">Plotly's name for the dash: solid, dash, dot or dashdot.</param>
/// <param name="Symbol">Plotly's name for the marker.</param>
public sealed record SeriesStyle(string Color, string Dash, string Symbol)
{
    private const int Colors = 8;
    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot"];
    private static readonly string[] Symbols = ["circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon"];

    // One shape per family (NNet, with cluster, DA, MEDL); open markers and dashes for the fair models.
    private static readonly Dictionary<string, SeriesStyle> Models = new(StringComparer.Ordinal)
    {
        ["nnet"] = new("var(--fm-series-1)", "solid", "circle"),
        ["nnet-cluster"] = new("var(--fm-series-5)", "solid", "square"),
        ["fair-adb-nnet"] = new("var(--fm-series-4)", "dash", "circle-open"),
        ["da"] = new("var(--fm-series-3)", "solid", "triangle-up"),
        ["fair-adb-da"] = new("var(--fm-series-2)", "dash", "triangle-up-open"),
        ["fair-acl-da"] = new("var(--fm-series-8)", "dot", "triangle-down-open"),
        ["medl"] = new("var(--fm-series-6)", "solid", "diamond"),
        ["fair-adb-medl"] = new("var(--fm-series-7)", "dash", "diamond-open"),
    };

    /// <summary>The style of a model in the catalogue; a model without its own style gets one by its position.</summary>
    public static SeriesStyle OfModel(string id)
    {
        if (Models.TryGetValue(id, out SeriesStyle? style)) return style;
        for (int i = 0; i < ModelCatalogue.All.Count; i++)
            if (ModelCatalogue.All[i].Id == id) return At(i);
        return At(0);
    }

    /// <summary>The style of the i-th group, run or line: eight colours, then the same colours with another dash and marker.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static SeriesStyle At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        int round = index / Colors;
        return new($"var(--fm-series-{index % Colors + 1})", Dashes[round % Dashes.Length], Symbols[(index + round) % Symbols.Length]);
    }
}
