using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Random effects: intercepts by cluster, and the features whose slopes differ most between clusters.</summary>
public static class RandomEffectsTable
{
    /// <summary>Note on what the numbers mean.</summary>
    public const string Meaning =
        "Random effects are posterior means and standard deviations, averaged over the fits, on the logit scale (regression: of the " +
        "standardized target). They come from a Bayesian network with its own prior and are not the conditional modes of a linear mixed " +
        "model: the prior shrinks them toward zero, the fixed effects explain part of the differences between clusters, and the " +
        "variational posterior is too narrow. They show which clusters differ and in what direction. They are not confidence intervals " +
        "of a cluster's true effect.";

    /// <summary>Intercepts by seen cluster.</summary>
    public static ReportTable Intercepts(RandomEffectsResult effects) => new(
        $"intercepts-{effects.Model}",
        $"Random intercepts of {ResultNames.Model(effects.Model)}",
        [new("Cluster"), ReportColumn.Number("n"), ReportColumn.Number("Posterior mean"), ReportColumn.Number("Posterior SD")],
        effects.Clusters.Select(c => new[]
        {
            ReportCell.Words(c.Cluster),
            ReportCell.Count(c.N),
            ReportCell.Number(c.InterceptMean, Digits.Rate),
            ReportCell.Number(c.InterceptSd, Digits.Rate),
        }).ToArray(),
        []);

    /// <summary>The features whose slopes differ most between clusters.</summary>
    public static ReportTable Slopes(RandomEffectsResult effects, int top = 15) => new(
        $"slopes-{effects.Model}",
        $"Spread of random slopes of {ResultNames.Model(effects.Model)}",
        [new("Feature"), ReportColumn.Number("SD over clusters"), new("Lowest in"), ReportColumn.Number("Slope"), new("Highest in"),
            ReportColumn.Number("Slope")],
        effects.SlopeSpreads().Take(top).Select(s =>
        {
            int j = effects.Features.ToList().IndexOf(s.Feature);
            ClusterEffects lowest = effects.Clusters.MinBy(c => c.SlopeMean[j])!, highest = effects.Clusters.MaxBy(c => c.SlopeMean[j])!;
            return new[]
            {
                ReportCell.Words(s.Feature),
                ReportCell.Number(s.Sd, Digits.Rate),
                ReportCell.Words(lowest.Cluster),
                ReportCell.Number(lowest.SlopeMean[j], Digits.Rate),
                ReportCell.Words(highest.Cluster),
                ReportCell.Number(highest.SlopeMean[j], Digits.Rate),
            };
        }).ToArray(),
        [$"The {Math.Min(top, effects.Features.Count)} of {effects.Features.Count} encoded features whose slopes differ most."]);
}
