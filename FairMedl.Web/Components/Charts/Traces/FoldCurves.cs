using FairMedl.Web.Components.Charts.Series;

namespace FairMedl.Web.Components.Charts.Traces;

/// <summary>One fit's loss by epoch.</summary>
/// <param name="Name">The fit, such as "seed 1, fold 3".</param>
/// <param name="Epochs">The epochs.</param>
/// <param name="Losses">The loss in each epoch; null = not measured.</param>
public sealed record FoldCurve(string Name, IReadOnlyList<double> Epochs, IReadOnlyList<double?> Losses);

/// <summary>A model's losses by epoch: a thin line for each fit and their mean in bold.</summary>
public static class FoldCurves
{
    /// <summary>The lines of one model; a single fit is drawn in bold itself.</summary>
    /// <param name="model">The model's name, for the legend.</param>
    /// <param name="style">The model's style.</param>
    /// <param name="fits">Its fits.</param>
    public static IEnumerable<IChartTrace> Of(string model, SeriesStyle style, IReadOnlyList<FoldCurve> fits)
    {
        if (fits.Count == 1)
        {
            yield return Line(model, style, fits[0], LineWeight.Bold) with { Tip = $"{model}, {fits[0].Name}" };
            yield break;
        }

        foreach (FoldCurve fit in fits)
            yield return Line($"{model}, {fit.Name}", style with { Dash = "solid" }, fit, LineWeight.Thin) with
            {
                Group = model,
                Tip = $"{model}, {fit.Name}"
            };
        if (fits.Count > 1)
            yield return Line(model, style, Mean(fits), LineWeight.Bold) with
            {
                Tip =
                FormattableString.Invariant($"{model}, mean of {fits.Count} fits")
            };
    }

    /// <summary>The mean over the fits that reached each epoch.</summary>
    public static FoldCurve Mean(IReadOnlyList<FoldCurve> fits)
    {
        var means = fits
            .SelectMany(f => f.Epochs.Zip(f.Losses, (Epoch, Loss) => (Epoch, Loss)))
            .Where(p => p.Loss is not null)
            .GroupBy(p => p.Epoch, p => p.Loss!.Value)
            .OrderBy(g => g.Key)
            .Select(g => (Epoch: g.Key, Loss: g.Average()))
            .ToArray();
        return new FoldCurve("mean", [.. means.Select(m => m.Epoch)], [.. means.Select(m => (double?)m.Loss)]);
    }

    private static LineTrace Line(string name, SeriesStyle style, FoldCurve curve, LineWeight weight) =>
        new(name, curve.Epochs, curve.Losses, style) { Weight = weight };
}
