using FairMedl.Core.Models;
using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Compare;

/// <summary>
/// A style for each run: the first run of a model has the model's own, as on every other page. A further run of the same model has
/// a style that is no model's own, in a colour that is not in use as long as there is one.
/// </summary>
public static class RunStyles
{
    /// <summary>The styles of runs, in their order.</summary>
    public static IReadOnlyList<SeriesStyle> Of(IReadOnlyList<RunKey> runs)
    {
        var styles = new SeriesStyle?[runs.Count];
        var taken = new HashSet<SeriesStyle>();
        for (int i = 0; i < runs.Count; i++)
            if (SeriesStyle.OfModel(runs[i].Model) is var own && taken.Add(own)) styles[i] = own;
        for (int i = 0; i < runs.Count; i++) styles[i] ??= Next(taken);
        return styles!;
    }

    // From the second round of the palette on, colours repeat with another dash and marker.
    private static SeriesStyle Next(HashSet<SeriesStyle> taken)
    {
        for (int i = 0; ; i++)
        {
            SeriesStyle style = SeriesStyle.At(i);
            bool colorIsFree = taken.All(t => t.Color != style.Color);
            if ((colorIsFree || i >= 8) && !IsOfAModel(style) && taken.Add(style)) return style;
        }
    }

    private static bool IsOfAModel(SeriesStyle style) =>
        ModelCatalogue.All.Select(m => SeriesStyle.OfModel(m.Id)).Any(own => (own.Color, own.Symbol) == (style.Color, style.Symbol));
}
