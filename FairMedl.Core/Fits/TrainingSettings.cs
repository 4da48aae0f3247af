
namespace FairMedl.Core.Fits;

/// <summary>How the learning rate goes over the steps.</summary>
public enum LearningRateSchedule
{
    /// <summary>The same at every step.</summary>
    Constant,

    /// <summary>Constant for the first 40 % of the steps, then half a cosine down to 2 %.</summary>
    ConstantThenCosine,
}

/// <summary>How the decision threshold is chosen. A tie is predicted positive.</summary>
public enum ThresholdRule
{
    /// <summary>The largest TPR - FPR of that head's own predictions on the training rows.</summary>
    Youden,

    /// <summary>A threshold of 0.5.</summary>
    Half,
}

/// <summary>The rows whose predictions the Youden threshold is chosen on.</summary>
public enum ThresholdRows
{
    /// <summary>The training rows.</summary>
    Training,

    /// <summary>The validation fold.</summary>
    Validation,
}

/// <summary>Which epoch's weights are the model.</summary>
public enum EpochSelection
{
    /// <summary>The last epoch.</summary>
    Last,

    /// <summary>The epoch with the best composite score on the validation fold.</summary>
    Composite,
}

/// <summary>How the mixed effects of a row are predicted whose cluster was never seen.</summary>
public enum UnseenClusterRule
{
    /// <summary>The seen clusters' effects, weighted by the cluster predictor's probabilities.</summary>
    Soft,

    /// <summary>The effects of the seen cluster that the cluster predictor finds most likely.</summary>
    Hard,

    /// <summary>None: the mixed prediction is the fixed one.</summary>
    FixedEffects,
}

/// <summary>Where the gradient behind feature importance is taken.</summary>
public enum ImportanceRule
{
    /// <summary>At every test row: the mean of the absolute gradients.</summary>
    MeanAbsolute,

    /// <summary>At the mean training row, without random effects, as in ARMED's code: the absolute gradient there.</summary>
    MeanRow,
}

/// <summary>The hyperparameters of a fit that are not the model's.</summary>
public sealed record TrainingSettings
{
    /// <summary>Fewest epochs and fewest steps of <see cref="Epochs"/> = auto.</summary>
    public const int FewestAutoEpochs = 24, FewestAutoSteps = 2_500;

    /// <summary>Passes over the training rows; auto: as many as 2,500 steps take, at least 24.</summary>
    public Auto<int> Epochs { get; init; } = 20;

    /// <summary>Rows per training step.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Adam's learning rate, for the predictor and for each adversary.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the learning rate goes over the steps.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Decoupled weight decay on the fixed effects (w *= 1 - lr * decay), the output's bias left out.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Largest decay of the exponential moving average of the weights, min(this, (1 + t) / (10 + t)); 0 = no averaging.</summary>
    public double AveragingDecay { get; init; }

    /// <summary>Largest global norm of the predictor's gradient.</summary>
    public double ClipNorm { get; init; } = 5;

    /// <summary>A positive row weighs 1 - mean(y), a negative one mean(y), in every loss of a classification.</summary>
    public bool ClassWeights { get; init; } = true;

    /// <summary>How the decision threshold is chosen.</summary>
    public ThresholdRule Threshold { get; init; } = ThresholdRule.Youden;

    /// <summary>The rows that a Youden threshold is chosen on.</summary>
    public ThresholdRows ThresholdRows { get; init; } = ThresholdRows.Training;

    /// <summary>Which epoch's weights are the model.</summary>
    public EpochSelection EpochSelection { get; init; } = EpochSelection.Last;

    /// <summary>
    /// Weight of the mean spread in the composite score, balanced accuracy - weight * mean spread (regression: R² - weight * mean
    /// demographic parity in SDs of the target).
    /// </summary>
    public double SelectionFairness { get; init; } = 0.5;

    /// <summary>Epochs without a better composite score after which training stops; 0 = never.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>How the mixed effects of rows of unseen clusters are predicted.</summary>
    public UnseenClusterRule UnseenClusters { get; init; } = UnseenClusterRule.Soft;

    /// <summary>Where the gradient behind feature importance is taken.</summary>
    public ImportanceRule Importance { get; init; } = ImportanceRule.MeanAbsolute;

    /// <summary>Whether the fit reads the validation fold.</summary>
    public bool ReadsValidation => EpochSelection == EpochSelection.Composite
        || (Threshold == ThresholdRule.Youden && ThresholdRows == ThresholdRows.Validation);

    /// <summary>Number of epochs for a number of training rows.</summary>
    public int EpochCount(int rows) =>
        Epochs.Number ?? Math.Max(FewestAutoEpochs, (FewestAutoSteps + StepsPerEpoch(rows) - 1) / Math.Max(1, StepsPerEpoch(rows)));

    /// <summary>Number of batches of a number of training rows; the last one may be smaller.</summary>
    internal int StepsPerEpoch(int rows) => (rows + BatchSize - 1) / BatchSize;
}
