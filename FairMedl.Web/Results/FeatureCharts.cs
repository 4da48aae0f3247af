using FairMedl.Core.Interpretation;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Results;

/// <summary>Feature importance and random effects as charts.</summary>
public static class FeatureCharts
{
    /// <summary>The most important encoded features of one model; a probe is marked in its name and by another colour.</summary>
    public static Chart Importance(ImportanceResult importance, int most = 20)
    {
        FeatureImportance[] top = [.. importance.Features.Take(most)];
        string[] names = [.. top.Select(f => f.IsProbe ? f.Feature + " (probe)" : f.Feature)];
        string color = SeriesStyle.OfModel(importance.Model).Color;
        return new Chart
        {
            Title = "Feature importance",
            X = new ChartAxis("Median over fits of mean |∂ŷ/∂x|") { ZeroInView = true },
            Y = new ChartAxis("") { Categories = names, Reversed = true },
            Height = 80 + 24 * Math.Max(top.Length, 3),
            BarMode = "overlay",
            Traces =
            [
                Bars("Features", names, top, f => !f.IsProbe, color, hatched: false),
                Bars("Probes", names, top, f => f.IsProbe, "var(--fm-series-7)", hatched: true),
            ],
        };
    }

    /// <summary>A caterpillar plot: each cluster's intercept, posterior mean and 1.96 SD either way, the highest first.</summary>
    public static Chart Intercepts(RandomEffectsResult effects)
    {
        ClusterEffects[] clusters = [.. effects.Clusters.OrderByDescending(c => c.InterceptMean)];
        string[] names = [.. clusters.Select(c => c.Cluster)];
        return new Chart
        {
            Title = "Random intercepts by cluster",
            X = new ChartAxis("Shift", "logit"),
            Y = new ChartAxis("") { Categories = names, Reversed = true },
            Height = 90 + 24 * Math.Max(clusters.Length, 3),
            Lines = [new ChartLine('x', 0)],
            Traces =
            [
                new DotTrace("Intercept", names, [.. clusters.Select(c => (double?)c.InterceptMean)], SeriesStyle.OfModel(effects.Model))
                {
                    Horizontal = true,
                    Lower = [.. clusters.Select(c => (double?)(c.InterceptMean - 1.96 * c.InterceptSd))],
                    Upper = [.. clusters.Select(c => (double?)(c.InterceptMean + 1.96 * c.InterceptSd))],
                    Hover = [.. clusters.Select(c => FormattableString.Invariant($"<b>{ResultsCharts.Plain(c.Cluster)}</b><br>{c.InterceptMean:0.000}, posterior SD {c.InterceptSd:0.000}<br>n = {c.N:N0}"))],
                },
            ],
        };
    }

    /// <summary>The features whose slopes differ most between clusters.</summary>
    public static Chart Slopes(RandomEffectsResult effects, int most = 15)
    {
        SlopeSpread[] top = [.. effects.SlopeSpreads().Take(most)];
        string[] names = [.. top.Select(s => s.Feature)];
        return new Chart
        {
            Title = "Spread of the random slopes by feature",
            X = new ChartAxis("SD over clusters", "logit") { ZeroInView = true },
            Y = new ChartAxis("") { Categories = names, Reversed = true },
            Height = 90 + 24 * Math.Max(top.Length, 3),
            Traces =
            [
                new BarTrace("Slope SD", names, [.. top.Select(s => (double?)s.Sd)], SeriesStyle.OfModel(effects.Model).Color)
                {
                    Horizontal = true,
                    Hover = [.. top.Select(s => FormattableString.Invariant($"<b>{ResultsCharts.Plain(s.Feature)}</b><br>SD over clusters {s.Sd:0.000}"))],
                },
            ],
        };
    }

    private static BarTrace Bars(string name, string[] names, FeatureImportance[] features, Func<FeatureImportance, bool> which, string color, bool hatched) =>
        new(name, names, [.. features.Select(f => which(f) ? f.Importance : (double?)null)], color)
        {
            Horizontal = true,
            Hatched = hatched,
            Hover = [.. features.Select(f => FormattableString.Invariant($"<b>{ResultsCharts.Plain(f.Feature)}</b><br>rank {f.Rank}, importance {f.Importance:0.0000}"))],
        };
}
