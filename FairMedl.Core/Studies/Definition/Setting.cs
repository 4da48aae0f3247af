using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Definition;

/// <summary>One hyperparameter of a model or a fit: what a person may change, where its default comes from, what is sensible.</summary>
/// <param name="Name">Its name in a definition, such as "lambdaMe".</param>
/// <param name="Symbol">As the paper writes it.</param>
/// <param name="Meaning">What it does, in one sentence.</param>
/// <param name="Source">Where its default comes from.</param>
/// <param name="Least">The least value allowed.</param>
/// <param name="Most">The largest value allowed.</param>
/// <param name="Useful">The useful range, in words.</param>
public sealed record Setting(string Name, string Symbol, string Meaning, string Source, double Least, double Most, string Useful)
{
    /// <summary>Whether fits of this kind read it; in any other model it does nothing.</summary>
    public bool IsUsedBy(ModelKind kind) => Name switch
    {
        "lambdaY" => !kind.RandomEffects,
        "lambdaF" or "lambdaK" or "priorSlopeSd" or "priorInterceptSd" or "unseenClusters" => kind.RandomEffects,
        "lambdaG" => kind.ClusterAdversary,
        // The cluster predictor of a model with random effects has the same widths.
        "clusterAdversaryHidden" => kind.ClusterAdversary || kind.RandomEffects,
        "lambdaFe" or "adversaryHidden" or "attributeFactors" or "groupWeightExponent" or "groupWeightExponents" or "groupWeightCap" =>
            kind.Debiasing == Debiasing.Adversary,
        "lambdaMe" => kind.Debiasing == Debiasing.Adversary && kind.RandomEffects,
        "lambdaS" or "correlationWarmUpEpochs" => kind.Debiasing == Debiasing.Correlation,
        _ => true,
    };
}

/// <summary>Every hyperparameter that a definition may set.</summary>
public static class SettingCatalogue
{
    /// <summary>In the order of the page.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("epochs", "epochs", "Number of passes over the training rows.", "Calibrated on Adult: 20 (paper), 24 (recommended).", 1, 10_000,
            "10 to 40; fewer for a quick check"),
        new("batchSize", "batch", "Rows per training step.", "ARMED's code.", 8, 65_536, "128; 1024 to 4096 for a million rows"),
        new("learningRate", "lr", "Learning rate of Adam, for the predictor and each adversary.", "ARMED's code.", 1e-6, 1, "3e-4 to 3e-3"),
        new("schedule", "schedule",
            "Learning-rate schedule: constant, or constantThenCosine (constant for 40% of the steps, then cosine decay to 2%).",
            "Calibrated on Adult (recommended).", 0, 0, "constantThenCosine stabilizes the last epochs"),
        new("weightDecay", "wd", "Decoupled weight decay of the fixed effects.", "Calibrated on Adult (recommended).", 0, 100, "0.1 to 1"),
        new("averagingDecay", "ema", "Maximum decay of the exponential moving average of the weights; 0 = no averaging.",
            "Calibrated on Adult (recommended).", 0, 0.99999, "0 or 0.99"),
        new("clipNorm", "clip", "Maximum global norm of the predictor's gradient; 0 = no clipping.",
            "A safeguard; it has no effect on a stable run.", 0, 1e9, "5"),
        new("classWeights", "class weights", "Whether positives are weighted by 1 - mean(y) and negatives by mean(y).", "ARMED's code.", 0,
            0, "true when positives are rare"),
        new("threshold", "threshold", "Decision threshold: youden (maximizes TPR - FPR on the training rows) or half (0.5).",
            "Reproduces the paper's balanced accuracy.", 0, 0, "youden"),
        new("unseenClusters", "unseen z",
            "Random effects for unseen clusters: soft (seen clusters weighted by the cluster predictor), hard (the most likely " +
            "cluster) or fixedEffects (none).", "The paper, section 2.2.", 0, 0, "soft"),
        new("hidden", "FE", "Units in the hidden layers of the fixed effects.",
            "Calibrated on Adult: 4-4-4 (paper), 16-16-16 (recommended).", 1, 4096, "4-4-4 to 32-32-32; wider for a million rows"),
        new("clusterAdversaryHidden", "A_C", "Units in the hidden layers of the cluster adversary and the cluster predictor.",
            "ARMED's code.", 1, 4096, "8-8-4"),
        new("adversaryHidden", "A_F, A_M", "Units in the hidden layer of the debiasing adversaries.", "Calibrated on Adult.", 1,
            4096, "8 to 32"),
        new("lambdaY", "λy", "Weight of the prediction loss in models without random effects.", "Equation 8.", 1e-6, 1e6, "0.3 to 3"),
        new("lambdaF", "λF", "Weight of the prediction loss of the fixed effects.", "Equation 1; ARMED's code.", 0, 1e6,
            "0.3 to 3; 0 in recommended"),
        new("lambdaG", "λg, λz", "Weight of the cluster adversary.", "Equation 1; calibrated on Adult (ARMED's value of 5 fails there).", 0,
            1e6, "0.05 to 0.5"),
        new("lambdaK", "λK", "Weight of the KL divergence of the random effects.",
            "Equation 1; ARMED's 1e-3 (paper); smaller values suit large data sets.", 0, 1e6, "1e-5 to 1e-3"),
        new("lambdaFe", "λFE", "Weight of the debiasing adversary on the fixed effects.", "Equation 11; calibrated on Adult.", 0,
            1e6, "0.05 to 0.5"),
        new("lambdaMe", "λME", "Weight of the debiasing adversary on the mixed effects.", "Equation 11; calibrated on Adult.", 0, 1e6,
            "0.05 to 0.5; tune this first"),
        new("lambdaS", "λs", "Weight of the absolute correlation loss.", "Equation 10; calibrated on Adult (0.1 costs six points of balanced accuracy there).",
            0, 1e6, "0.002 to 0.05"),
        new("correlationWarmUpEpochs", "ACL warm-up", "Initial epochs without the correlation loss, at most half of all epochs.",
            "Calibrated on Adult: without a warm-up, narrow networks collapse to one prediction.", 0, 10_000, "3"),
        new("attributeFactors", "λ factors", "Factor on λFE and λME for each attribute.", "Calibrated on Adult.", 0, 1e6, "0.5 to 2"),
        new("groupWeightExponent", "β", "Exponent of the group weights (n / (K n_g))^β in the debiasing adversaries; 0 = off.",
            "Calibrated on Adult: without it the largest group dominates.", 0, 4, "0 to 1"),
        new("groupWeightExponents", "β by attribute", "Group weight exponent for each attribute that differs from β.",
            "Calibrated on Adult.", 0, 4, "0 to 1"),
        new("groupWeightCap", "cap", "Maximum group weight.", "Calibrated on Adult (recommended).", 1, 1e6, "6"),
        new("priorSlopeSd", "σ slopes", "Prior standard deviation of the random slopes.", "Calibrated on Adult.", 1e-4, 1e3, "0.05 to 0.5"),
        new("priorInterceptSd", "σ intercepts", "Prior standard deviation of the random intercepts.", "ARMED's code.", 1e-4,
            1e3, "0.05 to 0.5"),
    ];

    /// <summary>The setting of this name, or null.</summary>
    public static Setting? Find(string name) => All.FirstOrDefault(s => s.Name == name);
}
