using System.Globalization;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;

namespace FairMedl.Web.Results.Figures;

/// <summary>Feature importance and random effects as charts.</summary>
public static class FeatureCharts
{
    private const int LongestName = 34, MostApart = 30;

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

    /// <summary>A caterpillar plot: each cluster's intercept, posterior mean and 1.96 SD either way, the highest first.</summary>
    public static Chart Intercepts(RandomEffectsResult effects, PredictionTask task, ClusterWords words)
    {
        ClusterEffects[] clusters = [.. effects.Clusters.OrderByDescending(c => c.InterceptMean)];
        string[] names = [.. clusters.Select(c => FormattableString.Invariant($"{c.Cluster} (n = {c.N:N0})"))];
        return new Chart
        {
            Title = $"Random intercept of each {words.One}",
            X = new ChartAxis("Shift", Unit(task)),
            Y = new ChartAxis("") { Rows = [.. clusters.Select(c => new ChartRow(c.Cluster, FormattableString.Invariant($"n = {c.N:N0}")))] },
            // Many clusters are closer together, so that their order shows rather than a list.
            Height = 90 + (clusters.Length > MostApart ? 18 : 24) * Math.Max(clusters.Length, 3),
            Lines = [new ChartLine('x', 0)],
            Traces =
            [
                new DotTrace("Intercept", names, [.. clusters.Select(c => (double?)c.InterceptMean)], SeriesStyle.OfModel(effects.Model))
                {
                    Lower = [.. clusters.Select(c => (double?)(c.InterceptMean - 1.96 * c.InterceptSd))],
                    Upper = [.. clusters.Select(c => (double?)(c.InterceptMean + 1.96 * c.InterceptSd))],
                    Hover = [.. clusters.Select(c => new ChartTip(c.Cluster, FormattableString.Invariant($"{c.InterceptMean:0.000}, posterior SD {c.InterceptSd:0.000}"), FormattableString.Invariant($"n = {c.N:N0}")))],
                },
            ],
        };
    }

    /// <summary>The features whose slopes differ most between clusters.</summary>
    public static Chart Slopes(RandomEffectsResult effects, PredictionTask task, ClusterWords words, int most = 15)
    {
        SlopeSpread[] top = [.. effects.SlopeSpreads().Take(most)];
        string[] names = Short([.. top.Select(s => s.Feature)]);
        return new Chart
        {
            Title = "Spread of the random slopes by feature",
            X = new ChartAxis($"SD over {words.Many}", Unit(task)) { ZeroInView = true },
            Y = new ChartAxis("") { Categories = names, Reversed = true },
            Height = 90 + 24 * Math.Max(top.Length, 3),
            Traces =
            [
                new BarTrace("Slope SD", names, [.. top.Select(s => (double?)s.Sd)], SeriesStyle.OfModel(effects.Model).Color)
                {
                    IsHorizontal = true,
                    Hover = [.. top.Select(s => new ChartTip(s.Feature, FormattableString.Invariant($"SD over {words.Many} {s.Sd:0.000}")))],
                },
            ],
        };
    }

    /// <summary>The scale of random effects.</summary>
    private static string Unit(PredictionTask task) => task == PredictionTask.Classification ? "logit" : "SDs of the target";

    /// <summary>Names cut to what stands beside a bar, as long as that leaves them apart; the tooltip has them whole.</summary>
    private static string[] Short(string[] names)
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
