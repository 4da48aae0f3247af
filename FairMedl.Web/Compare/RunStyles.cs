using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Compare;

/// <summary>
/// One style a run: its model's own, as on every other page, where that is free; where the model is there twice, the next
/// style of the palette whose colour nothing has.
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

    private static SeriesStyle Next(HashSet<SeriesStyle> taken)
    {
        for (int i = 0; ; i++)
        {
            SeriesStyle style = SeriesStyle.At(i);
            bool colorIsFree = taken.All(t => t.Color != style.Color);
            // After the eight colours another dash and marker tell runs apart.
            if ((colorIsFree || i >= 8) && taken.Add(style)) return style;
        }
    }
}
