using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Compare;

/// <summary>
/// A style for each run: its model's own, as on every other page, where that is free; for a second run of the same model, the next
/// style of the palette whose colour is not in use.
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
            // After eight colours, another dash and marker distinguish runs.
            if ((colorIsFree || i >= 8) && taken.Add(style)) return style;
        }
    }
}
