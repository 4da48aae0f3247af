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
/// One cluster: posterior mean and SD of the intercept and of each slope (by feature), on the scale of the
/// logit; n is its rows in the study.
/// </summary>
public sealed record ClusterEffects(string Cluster, int N, double InterceptMean, double InterceptSd, IReadOnlyList<double> SlopeMean,
    IReadOnlyList<double> SlopeSd);

/// <summary>How much a feature's slope differs between clusters.</summary>
public sealed record SlopeSpread(string Feature, double Sd);
