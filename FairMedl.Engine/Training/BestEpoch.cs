using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Engine.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// Keeps the weights of the epoch with the best composite score on the validation fold. The score is that of the weights that would
/// predict, the averaged ones where weights are averaged.
/// </summary>
internal sealed class BestEpoch(IReadOnlyList<Parameter> parameters, WeightAverage? average, Evaluation evaluation, StudyData data,
    int[] validation, TrainingSettings settings)
{
    private readonly float[] targets = [.. validation.Select(row => data.Target[row])];
    private readonly AttributeRows[] attributes = [.. data.Sensitive.Select(s => AttributeRows.Of(s, validation))];
    private double best = double.NegativeInfinity;
    private float[][] weights = [];

    /// <summary>The best epoch so far, 1-based; 0 before the first score.</summary>
    public int Epoch { get; private set; }

    /// <summary>
    /// Scores an epoch. Returns whether training should stop, because no epoch was better for as long as the patience; never in the
    /// first 40 % of the epochs, in which the learning rate is constant.
    /// </summary>
    public bool Offer(int epoch, int epochs, CancellationToken cancellation)
    {
        average?.Swap();
        RowPredictions predictions = evaluation.Predict(validation, unseen: false, flips: false, cancellation);
        float[] values = predictions.Mixed ?? predictions.Fixed;
        if (values.All(float.IsFinite) && Score(values) is { } score && score > best)
        {
            (best, Epoch) = (score, epoch);
            weights = [.. parameters.Select(p => p.Values())];
        }

        average?.Swap();
        return settings.Patience > 0 && Epoch > 0 && epoch >= 0.4 * epochs && epoch - Epoch >= settings.Patience;
    }

    /// <summary>Puts the best epoch's weights in the model.</summary>
    public void Restore()
    {
        using IDisposable constant = no_grad();
        for (int i = 0; i < weights.Length; i++) parameters[i].copy_(tensor(weights[i], parameters[i].shape).OnDevice());
    }

    private double? Score(float[] values)
    {
        if (data.Task == PredictionTask.Regression)
            return CompositeScore.Regression(targets, values, attributes, settings.SelectionFairness);
        if (targets.All(y => y == targets[0])) return null;
        double threshold = settings.Threshold == ThresholdRule.Half ? 0.5 : YoudenThreshold.Find(values, targets);
        return CompositeScore.Classification(targets, [.. values.Select(p => p >= threshold)], attributes, settings.SelectionFairness);
    }
}
