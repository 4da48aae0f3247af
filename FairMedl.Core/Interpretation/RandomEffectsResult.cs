namespace FairMedl.Core.Interpretation;

/// <summary>
/// A model's random effects by seen cluster, averaged over its fits. Posteriors of a Bayesian network, not lme4's conditional
/// modes.
/// </summary>
/// <param name="Model">The model's id.</param>
/// <param name="Features">The encoded features that have slopes.</param>
/// <param name="Clusters">By seen cluster, most frequent first.</param>
public sealed record RandomEffectsResult(string Model, IReadOnlyList<string> Features, IReadOnlyList<ClusterEffects> Clusters)
{
    /// <summary>
    /// Whether the effects are deviations from their mean over seen clusters (weighted by training rows), so that the fixed effects are
    /// the population's prediction.
    /// </summary>
    public bool IsCentered { get; init; }

    /// <summary>Whether all fits recorded total effects.</summary>
    public bool HasTotals => Clusters.All(c => c.TotalMean is not null && c.TotalSd is not null);

    /// <summary>
    /// Population SD of the target over seen rows, for a regression: effects times this number are in the target's units. Null for
    /// classification.
    /// </summary>
    public double? TargetSd { get; init; }

    /// <summary>
    /// By feature, widest first: the population SD over clusters of the slopes' posterior means, on the scale of the
    /// logit. 0 means that the feature acts alike in every cluster.
    /// </summary>
    public IReadOnlyList<SlopeSpread> SlopeSpreads() => Features
        .Select((feature, j) =>
        {
            double mean = Clusters.Average(c => c.SlopeMean[j]);
            return new SlopeSpread(feature, Math.Sqrt(Clusters.Average(c => (c.SlopeMean[j] - mean) * (c.SlopeMean[j] - mean))));
        })
        .OrderByDescending(s => s.Sd)
        .ToArray();
}

/// <summary>
/// One cluster: mean and SD of the intercept, of each slope (by feature) and of the total effect, on the scale of the
/// logit (regression: of the standardized target).
/// </summary>
/// <param name="Cluster">Its name.</param>
/// <param name="N">Its rows in the study.</param>
/// <param name="InterceptMean">Posterior mean of the intercept.</param>
/// <param name="InterceptSd">Posterior SD of the intercept.</param>
/// <param name="SlopeMean">By feature.</param>
/// <param name="SlopeSd">By feature.</param>
/// <param name="TotalMean">
/// The total effect at the mean training row: intercept plus slopes times that row's features. Null where a fit did not record it.
/// </param>
/// <param name="TotalSd">
/// SD of the total effect: the posterior variance, averaged over fits, plus the variance of the posterior means between fits. Null as
/// <paramref name="TotalMean"/>.
/// </param>
public sealed record ClusterEffects(string Cluster, int N, double InterceptMean, double InterceptSd, IReadOnlyList<double> SlopeMean,
    IReadOnlyList<double> SlopeSd, double? TotalMean = null, double? TotalSd = null);

/// <summary>How much a feature's slope differs between clusters.</summary>
public sealed record SlopeSpread(string Feature, double Sd);
