using System.Globalization;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;

namespace FairMedl.Web.Results.Figures;

/// <summary>Feature importance as a chart.</summary>
public static class FeatureCharts
{
    private const int LongestName = 34;

    /// <summary>The importance of encoded features in one model, each with its rank. A probe is hatched and has another colour.</summary>
    /// <param name="importance">The model's ranking.</param>
    /// <param name="features">Which features, from top to bottom: those of the table, so that charts side by side have the same rows.</param>
    /// <param name="to">Where the axis ends, so that charts side by side can be compared; null = by the model's own values.</param>
    public static Chart Importance(ImportanceResult importance, IReadOnlyList<string> features, double? to = null)
    {
        // A level that is in no fit of this model has neither rank nor bar.
        FeatureImportance?[] top = [.. features.Select(name => importance.Features.FirstOrDefault(f => f.Feature == name))];
        string[] names = Short([.. features.Zip(top, (name, f) => FormattableString.Invariant($"{f?.Rank.ToString(CultureInfo.InvariantCulture) ?? "–"}  {name}"))]);
        string color = SeriesStyle.OfModel(importance.Model).Color;
        return new Chart
        {
            Title = ModelCatalogue.Find(importance.Model)?.Name ?? importance.Model,
            X = new ChartAxis("mean |∂ŷ/∂x|") { ZeroInView = true, From = to is null ? null : 0, To = to },
            Y = new ChartAxis("") { Categories = names, Reversed = true },
            Height = 80 + 24 * Math.Max(top.Length, 3),
            BarMode = "overlay",
            Traces =
            [
                Bars("Features", names, features, top, f => !f.IsProbe, color, hatched: false),
                Bars("Probes", names, features, top, f => f.IsProbe, "var(--fm-series-7)", hatched: true),
            ],
        };
    }

    /// <summary>Names cut to what stands beside a bar, as long as that leaves them apart; the tooltip has them whole.</summary>
    internal static string[] Short(string[] names)
    {
        string[] cut = [.. names.Select(n => n.Length > LongestName ? n[..(LongestName - 1)] + "…" : n)];
        return cut.Distinct(StringComparer.Ordinal).Count() == names.Length ? cut : names;
    }

    private static BarTrace Bars(string name, string[] names, IReadOnlyList<string> features, FeatureImportance?[] own, Func<FeatureImportance, bool> which, string color, bool hatched) =>
        new(name, names, [.. own.Select(f => f is not null && which(f) ? f.Importance : (double?)null)], color)
        {
            IsHorizontal = true,
            IsHatched = hatched,
            Hover = [.. features.Zip(own, (name, f) => f is null ? new ChartTip(name) : new ChartTip(name, FormattableString.Invariant($"rank {f.Rank}, importance {f.Importance:0.0000}")))],
        };
}
