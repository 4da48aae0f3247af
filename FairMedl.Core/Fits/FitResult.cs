using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits.Engines;

namespace FairMedl.Core.Fits;

/// <summary>Which fit of a study: model x seed x fold. Its text form "medl/1/3" is its key everywhere.</summary>
public readonly record struct FitKey(string Model, ulong Seed, int Fold)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Model}/{Seed}/{Fold}");
}

/// <summary>Everything a fit leaves behind: plain data, no tensors. Rows are positions in <see cref="StudyData"/>.</summary>
public sealed record FitResult
{
    /// <summary>Key of the fit.</summary>
    public required FitKey Key { get; init; }

    /// <summary>The seen rows of the test fold, ascending.</summary>
    public required int[] TestRows { get; init; }

    /// <summary>Predictions of the fixed effects (FE).</summary>
    public required HeadPredictions FixedEffects { get; init; }

    /// <summary>Predictions of the mixed effects (ME); null for a model without random effects.</summary>
    public HeadPredictions? MixedEffects { get; init; }

    /// <summary>Losses of each epoch.</summary>
    public required IReadOnlyList<EpochLosses> Epochs { get; init; }

    /// <summary>The encoded columns that the fit's networks read.</summary>
    public required EncodedLayout Layout { get; init; }

    /// <summary>
    /// By encoded column: mean over the test rows of |d y_F / d x_j| on the encoded scale, or by <see cref="ImportanceRule.MeanRow"/>.
    /// </summary>
    public required float[] Importance { get; init; }

    /// <summary>The random effects' posterior; null for a model without them.</summary>
    public RandomEffectsPosterior? RandomEffects { get; init; }

    /// <summary>
    /// lambda_K of the last epoch, the number that "auto" stood for; null for a model without random effects, and in results of
    /// versions that did not record it.
    /// </summary>
    public double? KlWeight { get; init; }

    /// <summary>Optimiser steps of the predictor.</summary>
    public required int Steps { get; init; }

    /// <summary>How many rows it was trained on.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>The epoch whose weights are the model, 1-based.</summary>
    public required int SelectedEpoch { get; init; }

    /// <summary>
    /// How many cells of the test and unseen rows hold a level that no training row has, or miss a number that no training row
    /// misses; each is encoded as zeros.
    /// </summary>
    public required long UnseenLevels { get; init; }

    /// <summary>Training time in seconds.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Seconds spent predicting, flipping attributes and on importance.</summary>
    public required double EvaluateSeconds { get; init; }

    /// <summary>Where it was computed; null in results of versions that did not record it.</summary>
    public ComputeOrigin? Origin { get; init; }

    /// <summary>
    /// By encoded column, the population SD over the training rows, by which importance is scaled; null in results of versions that did
    /// not record it.
    /// </summary>
    public float[]? FeatureSd { get; init; }

    /// <summary>By column of the file, its permutation importance; null in results of versions that did not measure it.</summary>
    public IReadOnlyList<ColumnPermutation>? Permutation { get; init; }

    /// <summary>The trained model, as a fit leaves it; null in a result that was read back, since models are stored apart.</summary>
    public TrainedModel? Model { get; init; }
}

/// <summary>One head's predictions: probabilities for classification, the target's own units for regression.</summary>
public sealed record HeadPredictions
{
    /// <summary>The threshold from this head's predictions on the training rows; null for regression.</summary>
    public required double? Threshold { get; init; }

    /// <summary>By position in <see cref="FitResult.TestRows"/>.</summary>
    public required float[] Test { get; init; }

    /// <summary>
    /// By attribute, then by position in TestRows: mean over the K-1 alternatives of |p(x, s) - p(x, s')| (equation 6). Empty for
    /// an attribute that is not a feature: its flip changes nothing.
    /// </summary>
    public required float[][] TestFlips { get; init; }

    /// <summary>By position in <see cref="StudyData.UnseenRows"/>; empty where unseen rows are not predicted.</summary>
    public required float[] Unseen { get; init; }

    /// <summary>As <see cref="TestFlips"/>, over the unseen rows.</summary>
    public required float[][] UnseenFlips { get; init; }
}

/// <summary>Mean losses of an epoch's steps; a term that the model lacks is null.</summary>
/// <param name="Epoch">1-based.</param>
/// <param name="Total">What the predictor minimised.</param>
/// <param name="FixedLoss">L(y, y_F); null where lambda_F is 0.</param>
/// <param name="MixedLoss">L(y, y_M).</param>
/// <param name="ClusterAdversary">CE(z).</param>
/// <param name="FixedAdversary">CE_F(s), summed over attributes.</param>
/// <param name="MixedAdversary">CE_M(s), summed over attributes.</param>
/// <param name="KullbackLeibler">KL(q || p), in nats.</param>
/// <param name="Correlation">The absolute correlation loss.</param>
public sealed record EpochLosses(
    int Epoch,
    double Total,
    double? FixedLoss = null,
    double? MixedLoss = null,
    double? ClusterAdversary = null,
    double? FixedAdversary = null,
    double? MixedAdversary = null,
    double? KullbackLeibler = null,
    double? Correlation = null);

/// <summary>Posterior of the random effects of one fit; C seen clusters, D encoded columns, on the scale of the logit.</summary>
/// <param name="InterceptMean">[C].</param>
/// <param name="InterceptSd">[C].</param>
/// <param name="SlopeMean">[C][D].</param>
/// <param name="SlopeSd">[C][D].</param>
public sealed record RandomEffectsPosterior(float[] InterceptMean, float[] InterceptSd, float[][] SlopeMean, float[][] SlopeSd)
{
    /// <summary>
    /// [C]: the cluster's total effect at the mean training row, b_c + &lt;U_c, x-bar&gt;, posterior mean. Null in results of versions
    /// that did not record it.
    /// </summary>
    public float[]? TotalMean { get; init; }

    /// <summary>[C]: posterior SD of the total effect; null as <see cref="TotalMean"/>.</summary>
    public float[]? TotalSd { get; init; }

    /// <summary>Whether the effects are deviations from their mean over seen clusters, weighted by training rows.</summary>
    public bool IsCentered { get; init; }
}
