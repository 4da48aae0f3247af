namespace FairMedl.Core.Fits;

/// <summary>
/// The hyperparameters of a model: sizes, the weights of its loss terms, priors. Names follow the paper's symbols; which of
/// them a model uses is said by its entry in <see cref="ModelCatalogue"/>.
/// </summary>
public sealed record ModelSettings
{
    /// <summary>Units of the fixed-effects network's hidden layers h1, h2, h3.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [4, 4, 4];

    /// <summary>Units of the cluster adversary's hidden layers (A_C), and of the cluster predictor's.</summary>
    public IReadOnlyList<int> ClusterAdversaryHidden { get; init; } = [8, 8, 4];

    /// <summary>Units of the one hidden layer of the debiasing adversaries A_F and A_M.</summary>
    public int AdversaryHidden { get; init; } = 16;

    /// <summary>lambda_y: weight of the data loss in models without random effects (equation 8).</summary>
    public double LambdaY { get; init; } = 1;

    /// <summary>lambda_F: weight of the fixed effects' own data loss beside the mixed one (equation 1).</summary>
    public double LambdaF { get; init; } = 1;

    /// <summary>lambda_g of MEDL (equation 1) and lambda_z of DA (equation 8): weight of the cluster adversary.</summary>
    public double LambdaG { get; init; } = 0.2;

    /// <summary>
    /// lambda_K: weight of the KL divergence between the random effects' posterior and prior (equation 1). Auto is the weight in the
    /// evidence lower bound, w / n: n training rows, w the mean weight of a row in the data loss (2 p (1 - p) with class weights and 1
    /// without; for a regression twice the residual variance of the standardized target, by epoch).
    /// </summary>
    public Auto<double> LambdaK { get; init; } = 1e-3;

    /// <summary>
    /// Whether the random effects are deviations from the mean over seen clusters, weighted by training rows; the mean then belongs to
    /// the fixed effects. Predictions of the mixed effects are the same.
    /// </summary>
    public bool CenterRandomEffects { get; init; }

    /// <summary>lambda_FE: weight of the debiasing adversary on the fixed effects (equation 11).</summary>
    public double LambdaFe { get; init; } = 0.2;

    /// <summary>lambda_ME: weight of the debiasing adversary on the mixed effects (equation 11).</summary>
    public double LambdaMe { get; init; } = 0.2;

    /// <summary>lambda_s: weight of the absolute correlation loss (equation 10).</summary>
    public double LambdaS { get; init; } = 0.02;

    /// <summary>
    /// Epochs without the absolute correlation loss at the start, at most half of all: from the first step it kills a narrow
    /// network.
    /// </summary>
    public int CorrelationWarmUpEpochs { get; init; } = 3;

    /// <summary>Factors on lambda_FE and lambda_ME by attribute (the column's name); an attribute not listed has 1.</summary>
    public IReadOnlyDictionary<string, double> AttributeFactors { get; init; } = new Dictionary<string, double>();

    /// <summary>Exponent beta of the group weights min(cap, (n / (K n_g))^beta) in the debiasing adversaries; 0 = off.</summary>
    public double GroupWeightExponent { get; init; }

    /// <summary>Exponents by attribute where they differ from <see cref="GroupWeightExponent"/>.</summary>
    public IReadOnlyDictionary<string, double> GroupWeightExponents { get; init; } = new Dictionary<string, double>();

    /// <summary>Maximum group weight.</summary>
    public double GroupWeightCap { get; init; } = 6;

    /// <summary>Prior standard deviation of the random slopes.</summary>
    public double PriorSlopeSd { get; init; } = 0.15;

    /// <summary>Prior standard deviation of the random intercepts.</summary>
    public double PriorInterceptSd { get; init; } = 0.1;
}
