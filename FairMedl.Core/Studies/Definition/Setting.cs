using System.Text.Json;
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
public abstract record Setting(string Name, string Symbol, string Meaning, string Source, double Least, double Most, string Useful)
{
    /// <summary>The type of its values.</summary>
    public abstract Type Type { get; }

    /// <summary>The words to choose from, as a definition writes them; empty unless its values are words.</summary>
    public IReadOnlyList<string> Choices => Type.IsEnum ? [.. FieldType.Choices(Type)] : [];

    /// <summary>Its value in a fit's settings.</summary>
    public abstract object Get(FitSettings settings);

    /// <summary>The settings with a value changed.</summary>
    public abstract FitSettings With(FitSettings settings, object value);

    /// <summary>The value that a definition's JSON holds; null where it is not of the type.</summary>
    public abstract object? FromJson(JsonElement json);

    /// <summary>A value as a definition's JSON.</summary>
    public JsonElement ToJson(object value) => JsonSerializer.SerializeToElement(value, Type, StudyJson.Compact);

    /// <summary>Whether fits of this kind read it; in any other model it does nothing.</summary>
    public bool IsUsedBy(ModelKind kind) => Name switch
    {
        "lambdaY" => !kind.RandomEffects,
        "lambdaF" or "lambdaK" or "centerRandomEffects" or "priorSlopeSd" or "priorInterceptSd" or "unseenClusters" => kind.RandomEffects,
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

/// <summary>A hyperparameter with values of one type.</summary>
public sealed record Setting<T>(string Name, string Symbol, string Meaning, string Source, double Least, double Most, string Useful,
    Func<FitSettings, T> Read, Func<FitSettings, T, FitSettings> Change) : Setting(Name, Symbol, Meaning, Source, Least, Most, Useful)
    where T : notnull
{
    /// <inheritdoc />
    public override Type Type => typeof(T);

    /// <inheritdoc />
    public override object Get(FitSettings settings) => Read(settings);

    /// <inheritdoc />
    public override FitSettings With(FitSettings settings, object value) => Change(settings, (T)value);

    /// <inheritdoc />
    public override object? FromJson(JsonElement json)
    {
        try
        {
            return json.Deserialize<T>(StudyJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>All hyperparameters of a fit.</summary>
/// <param name="Model">Those of its model.</param>
/// <param name="Training">The others.</param>
public sealed record FitSettings(ModelSettings Model, TrainingSettings Training);

/// <summary>Every hyperparameter that a definition may set.</summary>
public static class SettingCatalogue
{
    /// <summary>In the order of the page.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        OfTraining("epochs", "epochs", "Number of passes over the training rows; auto: as many as 2,500 steps take, at least 24.",
            "Calibrated on Adult: 20 (paper), auto (recommended). With a few hundred steps the adversaries change little.",
            1, 100_000, "auto; fewer for a quick check",
            t => t.Epochs, (t, value) => t with { Epochs = value }),
        OfTraining("batchSize", "batch", "Rows per training step.", "ARMED's code.", 8, 65_536, "128; 1024 to 4096 for a million rows",
            t => t.BatchSize, (t, value) => t with { BatchSize = value }),
        OfTraining("learningRate", "lr", "Learning rate of Adam, for the predictor and each adversary.", "ARMED's code.", 1e-6, 1,
            "3e-4 to 3e-3",
            t => t.LearningRate, (t, value) => t with { LearningRate = value }),
        OfTraining("schedule", "schedule",
            "Learning-rate schedule: constant, or constantThenCosine (constant for 40% of the steps, then cosine decay to 2%).",
            "Calibrated on Adult (recommended).", 0, 0, "constantThenCosine stabilizes the last epochs",
            t => t.Schedule, (t, value) => t with { Schedule = value }),
        OfTraining("weightDecay", "wd", "Decoupled weight decay of the fixed effects.", "Calibrated on Adult (recommended).", 0, 100,
            "0.1 to 1",
            t => t.WeightDecay, (t, value) => t with { WeightDecay = value }),
        OfTraining("averagingDecay", "ema", "Maximum decay of the exponential moving average of the weights; 0 = no averaging.",
            "Calibrated on Adult (recommended).", 0, 0.99999, "0 or 0.99",
            t => t.AveragingDecay, (t, value) => t with { AveragingDecay = value }),
        OfTraining("clipNorm", "clip", "Maximum global norm of the predictor's gradient; 0 = no clipping.",
            "A safeguard; it has no effect on a stable run.", 0, 1e9, "5",
            t => t.ClipNorm, (t, value) => t with { ClipNorm = value }),
        OfTraining("classWeights", "class weights", "Whether positives are weighted by 1 - mean(y) and negatives by mean(y).",
            "ARMED's code.", 0, 0, "true when positives are rare",
            t => t.ClassWeights, (t, value) => t with { ClassWeights = value }),
        OfTraining("threshold", "threshold",
            "Decision threshold: youden (maximizes TPR - FPR, by default on the training rows) or half (0.5).",
            "Reproduces the paper's balanced accuracy.", 0, 0, "youden",
            t => t.Threshold, (t, value) => t with { Threshold = value }),
        OfTraining("thresholdRows", "threshold rows", "Rows that a youden threshold is chosen on: training, or validation (the fold held out for it).",
            "The training rows reproduce the paper's balanced accuracy.", 0, 0, "training",
            t => t.ThresholdRows, (t, value) => t with { ThresholdRows = value }),
        OfTraining("epochSelection", "epoch selection",
            "Which epoch's weights are the model: last, or composite (the best composite score on the validation fold).",
            "On Adult, selection by epoch does not improve the models.", 0, 0, "last",
            t => t.EpochSelection, (t, value) => t with { EpochSelection = value }),
        OfTraining("selectionFairness", "w", "Weight of the mean spread in the composite score: balanced accuracy - w * mean spread " +
            "(regression: R² - w * mean demographic parity in SDs of the target).", "Ours.", 0, 1e3, "0.2 to 2",
            t => t.SelectionFairness, (t, value) => t with { SelectionFairness = value }),
        OfTraining("patience", "patience", "Epochs without a better composite score after which training stops, not before 40% of the epochs; 0 = never.", "Ours.",
            0, 100_000, "5 to 20",
            t => t.Patience, (t, value) => t with { Patience = value }),
        OfTraining("unseenClusters", "unseen z",
            "Random effects for unseen clusters: soft (seen clusters weighted by the cluster predictor), hard (the most likely " +
            "cluster) or fixedEffects (none).", "The paper, section 2.2.", 0, 0, "soft",
            t => t.UnseenClusters, (t, value) => t with { UnseenClusters = value }),
        OfTraining("importance", "importance",
            "Gradient behind feature importance: meanAbsolute (mean absolute gradient over the test rows) or meanRow (absolute gradient " +
            "at the mean training row).", "Ours: a mean over rows covers effects that differ between rows; meanRow is ARMED's code.", 0, 0,
            "meanAbsolute",
            t => t.Importance, (t, value) => t with { Importance = value }),
        OfModel("hidden", "FE", "Units in the hidden layers of the fixed effects.",
            "Calibrated on Adult: 4-4-4 (paper), 16-16-16 (recommended).", 1, 4096, "4-4-4 to 32-32-32; wider for a million rows",
            m => m.Hidden, (m, value) => m with { Hidden = value }),
        OfModel("clusterAdversaryHidden", "A_C", "Units in the hidden layers of the cluster adversary and the cluster predictor.",
            "ARMED's code.", 1, 4096, "8-8-4",
            m => m.ClusterAdversaryHidden, (m, value) => m with { ClusterAdversaryHidden = value }),
        OfModel("adversaryHidden", "A_F, A_M", "Units in the hidden layer of the debiasing adversaries.", "Calibrated on Adult.", 1,
            4096, "8 to 32",
            m => m.AdversaryHidden, (m, value) => m with { AdversaryHidden = value }),
        OfModel("lambdaY", "λy", "Weight of the prediction loss in models without random effects.", "Equation 8.", 1e-6, 1e6, "0.3 to 3",
            m => m.LambdaY, (m, value) => m with { LambdaY = value }),
        OfModel("lambdaF", "λF", "Weight of the prediction loss of the fixed effects.", "Equation 1; ARMED's code.", 0, 1e6,
            "0.3 to 3",
            m => m.LambdaF, (m, value) => m with { LambdaF = value }),
        OfModel("lambdaG", "λg, λz", "Weight of the cluster adversary.",
            "Equation 1; calibrated on Adult (ARMED's value of 5 fails there).", 0, 1e6, "0.05 to 0.5",
            m => m.LambdaG, (m, value) => m with { LambdaG = value }),
        OfModel("lambdaK", "λK", "Weight of the KL divergence of the random effects.",
            "Equation 1; ARMED's 1e-3 (paper). auto is the weight in the evidence lower bound, w / n (recommended): n training rows, " +
            "w the mean weight of a row in the data loss.", 0, 1e6, "auto, or within a factor of 10 of it",
            m => m.LambdaK, (m, value) => m with { LambdaK = value }),
        OfModel("centerRandomEffects", "centered effects",
            "Whether random effects are deviations from their mean over seen clusters, which then belongs to the fixed effects. " +
            "Mixed-effects predictions are the same.", "As in lme4: fixed effects are then the prediction for the population.", 0, 0, "true",
            m => m.CenterRandomEffects, (m, value) => m with { CenterRandomEffects = value }),
        OfModel("lambdaFe", "λFE", "Weight of the debiasing adversary on the fixed effects.", "Equation 11; calibrated on Adult.", 0,
            1e6, "0.05 to 0.5 (a regression: 0.3 to 3)",
            m => m.LambdaFe, (m, value) => m with { LambdaFe = value }),
        OfModel("lambdaMe", "λME", "Weight of the debiasing adversary on the mixed effects.", "Equation 11; calibrated on Adult.", 0, 1e6,
            "0.05 to 0.5 (a regression: 0.3 to 3); tune this first",
            m => m.LambdaMe, (m, value) => m with { LambdaMe = value }),
        OfModel("lambdaS", "λs", "Weight of the absolute correlation loss.",
            "Equation 10; calibrated on Adult (0.1 costs six points of balanced accuracy there).", 0, 1e6, "0.002 to 0.05",
            m => m.LambdaS, (m, value) => m with { LambdaS = value }),
        OfModel("correlationWarmUpEpochs", "ACL warm-up", "Initial epochs without the correlation loss, at most half of all epochs.",
            "Calibrated on Adult: without a warm-up, narrow networks collapse to one prediction.", 0, 10_000, "3",
            m => m.CorrelationWarmUpEpochs, (m, value) => m with { CorrelationWarmUpEpochs = value }),
        OfModel("attributeFactors", "λ factors", "Factor on λFE and λME for each attribute.", "Calibrated on Adult.", 0, 1e6, "0.5 to 2",
            m => m.AttributeFactors, (m, value) => m with { AttributeFactors = value }),
        OfModel("groupWeightExponent", "β", "Exponent of the group weights (n / (K n_g))^β in the debiasing adversaries; 0 = off.",
            "Calibrated on Adult: without it the largest group dominates.", 0, 4, "0 to 1",
            m => m.GroupWeightExponent, (m, value) => m with { GroupWeightExponent = value }),
        OfModel("groupWeightExponents", "β by attribute", "Group weight exponent for each attribute that differs from β.",
            "Calibrated on Adult.", 0, 4, "0 to 1",
            m => m.GroupWeightExponents, (m, value) => m with { GroupWeightExponents = value }),
        OfModel("groupWeightCap", "cap", "Maximum group weight.", "Calibrated on Adult (recommended).", 1, 1e6, "6 to 12",
            m => m.GroupWeightCap, (m, value) => m with { GroupWeightCap = value }),
        OfModel("priorSlopeSd", "σ slopes", "Prior standard deviation of the random slopes.", "Calibrated on Adult.", 1e-4, 1e3,
            "0.05 to 0.5",
            m => m.PriorSlopeSd, (m, value) => m with { PriorSlopeSd = value }),
        OfModel("priorInterceptSd", "σ intercepts", "Prior standard deviation of the random intercepts.", "ARMED's code.", 1e-4,
            1e3, "0.05 to 0.5",
            m => m.PriorInterceptSd, (m, value) => m with { PriorInterceptSd = value }),
    ];

    /// <summary>The setting of this name, or null.</summary>
    public static Setting? Find(string name) => All.FirstOrDefault(s => s.Name == name);

    private static Setting<T> OfModel<T>(string name, string symbol, string meaning, string source, double least, double most,
        string useful, Func<ModelSettings, T> read, Func<ModelSettings, T, ModelSettings> change)
        where T : notnull => new(name, symbol, meaning, source, least, most, useful,
            s => read(s.Model), (s, value) => s with { Model = change(s.Model, value) });

    private static Setting<T> OfTraining<T>(string name, string symbol, string meaning, string source, double least, double most,
        string useful, Func<TrainingSettings, T> read, Func<TrainingSettings, T, TrainingSettings> change)
        where T : notnull => new(name, symbol, meaning, source, least, most, useful,
            s => read(s.Training), (s, value) => s with { Training = change(s.Training, value) });
}
