using FairMedl.Core.Fits;

namespace FairMedl.Core.Reports.Runs;

/// <summary>
/// The look of a model, group or run, the same on every page and in every report: a colour of the Okabe-Ito palette, with a marker
/// and a dash as second cues.
/// </summary>
/// <param name="Color">Place in the palette, from 1. Pages read the colour from the token <c>--fm-series-{Color}</c>.</param>
/// <param name="Symbol">Plotly's name for the marker, such as "diamond-open".</param>
/// <param name="Dash">Plotly's name for the dash: solid, dash, dot or dashdot.</param>
public sealed record ModelStyle(int Color, string Symbol, string Dash)
{
    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot"];
    private static readonly string[] Symbols = ["circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon"];

    // One shape per family (NNet, with cluster, DA, MEDL); open markers and dashes for the fair models.
    private static readonly Dictionary<string, ModelStyle> Models = new(StringComparer.Ordinal)
    {
        ["nnet"] = new(1, "circle", "solid"),
        ["nnet-cluster"] = new(5, "square", "solid"),
        ["fair-adb-nnet"] = new(4, "circle-open", "dash"),
        ["da"] = new(3, "triangle-up", "solid"),
        ["fair-adb-da"] = new(2, "triangle-up-open", "dash"),
        ["fair-acl-da"] = new(8, "triangle-down-open", "dot"),
        ["medl"] = new(6, "diamond", "solid"),
        ["fair-adb-medl"] = new(7, "diamond-open", "dash"),
    };

    /// <summary>The palette as reports print it: the colours of the light theme.</summary>
    public static IReadOnlyList<string> Palette { get; } =
        ["#2b3238", "#e69f00", "#56b4e9", "#009e73", "#c4b400", "#0072b2", "#d55e00", "#cc79a7"];

    /// <summary>The colour in a report, such as "#0072b2".</summary>
    public string Hex => Palette[Color - 1];

    /// <summary>Whether the marker is an outline only.</summary>
    public bool IsOpen => IsOpenSymbol(Symbol);

    /// <summary>The style of a model in the catalogue; a model without its own style gets one by its position.</summary>
    public static ModelStyle OfModel(string id)
    {
        if (Models.TryGetValue(id, out ModelStyle? style)) return style;
        for (int i = 0; i < ModelCatalogue.All.Count; i++)
            if (ModelCatalogue.All[i].Id == id) return At(i);
        return At(0);
    }

    /// <summary>The style of the i-th group, run or line: eight colours, then the same colours with another dash and marker.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static ModelStyle At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        int round = index / Palette.Count;
        return new(index % Palette.Count + 1, Symbols[(index + round) % Symbols.Length], Dashes[round % Dashes.Length]);
    }

    /// <summary>
    /// A style for each run: the first run of a model has the model's own. A further run of the same model has a style that is no
    /// model's own, in a colour that is not in use as long as there is one.
    /// </summary>
    /// <param name="models">The id of each run's model.</param>
    public static IReadOnlyList<ModelStyle> OfRuns(IReadOnlyList<string> models)
    {
        var styles = new ModelStyle?[models.Count];
        var taken = new HashSet<ModelStyle>();
        for (int i = 0; i < models.Count; i++)
            if (OfModel(models[i]) is var own && taken.Add(own)) styles[i] = own;
        for (int i = 0; i < models.Count; i++) styles[i] ??= Next(taken);
        return styles!;
    }

    /// <summary>The outline of a marker around (0, 0) as an SVG path, about 8 units wide.</summary>
    /// <param name="symbol">Plotly's name for the marker; open and filled markers have the same outline.</param>
    public static string OutlineOf(string symbol) => symbol.Replace("-open", "", StringComparison.Ordinal) switch
    {
        "square" => "M-3.5-3.5H3.5V3.5H-3.5Z",
        "diamond" => "M0-4.8 4.8 0 0 4.8-4.8 0Z",
        "triangle-up" => "M0-4.5 4.5 3.5H-4.5Z",
        "triangle-down" => "M0 4.5 4.5-3.5H-4.5Z",
        "cross" => "M-1.4-4.4H1.4V-1.4H4.4V1.4H1.4V4.4H-1.4V1.4H-4.4V-1.4H-1.4Z",
        "x" => "M-4-2.2-2.2-4 0-1.8 2.2-4 4-2.2 1.8 0 4 2.2 2.2 4 0 1.8-2.2 4-4 2.2-1.8 0Z",
        "star" => "M0-5 1.3-1.6 4.8-1.5 2 .7 3 4 0 2.1-3 4-2 .7-4.8-1.5-1.3-1.6Z",
        "hexagon" => "M0-4.6 4-2.3V2.3L0 4.6-4 2.3V-2.3Z",
        _ => "M-4 0A4 4 0 1 0 4 0 4 4 0 1 0-4 0Z",
    };

    /// <summary>Whether a marker is an outline only.</summary>
    public static bool IsOpenSymbol(string symbol) => symbol.EndsWith("-open", StringComparison.Ordinal);

    // From the second round of the palette on, colours repeat with another dash and marker.
    private static ModelStyle Next(HashSet<ModelStyle> taken)
    {
        for (int i = 0; ; i++)
        {
            ModelStyle style = At(i);
            bool colorIsFree = taken.All(t => t.Color != style.Color);
            if ((colorIsFree || i >= Palette.Count) && !IsOfAModel(style) && taken.Add(style)) return style;
        }
    }

    private static bool IsOfAModel(ModelStyle style) =>
        Models.Values.Any(own => (own.Color, own.Symbol) == (style.Color, style.Symbol));
}
