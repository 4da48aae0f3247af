using FairMedl.Core.Interpretation;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Tables;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;

namespace FairMedl.Web.Results.Figures;

/// <summary>Cluster effects as charts.</summary>
public static class ClusterCharts
{
    private const int MostApart = 30;

    /// <summary>
    /// A caterpillar plot, highest effect first: each cluster's total effect with its 95% interval, and its random intercept alone.
    /// </summary>
    public static Chart Effects(ShownEffects shown)
    {
        IReadOnlyList<ShownEffect> clusters = shown.Clusters;
        string[] names = [.. clusters.Select(c => FormattableString.Invariant($"{c.Cluster} (n = {c.N:N0})"))];
        SeriesStyle style = SeriesStyle.OfModel(shown.Effects.Model);
        var main = new DotTrace(shown.Name, names, [.. clusters.Select(c => (double?)c.Mean)], style)
        {
            Lower = [.. clusters.Select(c => (double?)c.Lower)],
            Upper = [.. clusters.Select(c => (double?)c.Upper)],
            Hover = [.. clusters.Select(c => Tip(shown, c))],
        };
        return new Chart
        {
            Title = $"{shown.Name} of each {shown.Words.One} in {ResultNames.Model(shown.Effects.Model)}",
            X = new ChartAxis(shown.Name, shown.Unit),
            Y = new ChartAxis("")
            {
                Rows = [.. clusters.Select(c => new ChartRow(c.Cluster, FormattableString.Invariant($"n = {c.N:N0}")))],
            },
            // Many clusters are closer together, so that their order shows rather than a list.
            Height = 90 + (clusters.Count > MostApart ? 18 : 24) * Math.Max(clusters.Count, 3),
            Legend = shown.Effects.HasTotals,
            Lines = shown.Effects.IsCentered ? [new ChartLine('x', 0)] : [new ChartLine('x', shown.Common, "mean")],
            Traces = shown.Effects.HasTotals ? [Intercepts(shown, names), main] : [main],
        };
    }

    /// <summary>The features whose slopes differ most between clusters.</summary>
    public static Chart Slopes(ShownEffects shown, int most = 15)
    {
        SlopeSpread[] top = [.. shown.Effects.SlopeSpreads().Take(most)];
        string[] names = ImportanceCharts.Short([.. top.Select(s => s.Feature)]);
        return new Chart
        {
            Title = "Spread of the random slopes by feature",
            X = new ChartAxis($"SD over {shown.Words.Many}", shown.Unit) { ZeroInView = true },
            Y = new ChartAxis("") { Categories = names, Reversed = true },
            Height = 90 + 24 * Math.Max(top.Length, 3),
            Traces =
            [
                new BarTrace("Slope SD", names, [.. top.Select(s => (double?)(shown.Factor * s.Sd))],
                    SeriesStyle.OfModel(shown.Effects.Model).Color)
                {
                    IsHorizontal = true,
                    Hover = [.. top.Select(s => new ChartTip(s.Feature,
                        NumericText.Of($"SD over {shown.Words.Many} {shown.Digits.Number(shown.Factor * s.Sd)}").ToString()))],
                },
            ],
        };
    }

    // A grey cross: the intercept is a part of the total effect, not a second model.
    private static DotTrace Intercepts(ShownEffects shown, string[] names) =>
        new("Random intercept alone", names, [.. shown.Clusters.Select(c => (double?)c.Intercept)],
            new SeriesStyle("var(--fm-ink-faint)", "solid", "x-thin-open"))
        {
            Hover = [.. shown.Clusters.Select(c => Tip(shown, c))],
        };

    private static ChartTip Tip(ShownEffects shown, ShownEffect c)
    {
        string Text(NumericText text) => text.ToString();
        string effect = Text($"{shown.Name} {shown.Digits.Number(c.Mean)} " +
            $"[{shown.Digits.Number(c.Lower)} to {shown.Digits.Number(c.Upper)}]");
        string[] intercept = shown.Effects.HasTotals
            ? [Text($"Intercept alone {shown.Digits.Number(c.Intercept)}, SD {shown.Digits.Number(c.InterceptSd)}")] : [];
        return new ChartTip(c.Cluster, [effect, .. intercept, FormattableString.Invariant($"n = {c.N:N0}")]);
    }
}
