using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;

namespace FairMedl.Engine.Training;

/// <summary>
/// The scale on which the target is trained: as it is for classification, standardized by the training rows' mean and
/// population SD for regression. Class weights, from the training rows too: a positive row weighs 1 - mean(y), a negative
/// one mean(y) (docs/method.md).
/// </summary>
internal sealed record TargetScale(double Mean, double Sd, float? PositiveWeight, float? NegativeWeight)
{
    public static TargetScale Of(StudyData data, ReadOnlySpan<int> trainingRows, bool classWeights)
    {
        double sum = 0, square = 0;
        foreach (int row in trainingRows) sum += data.Target[row];
        double mean = sum / trainingRows.Length;
        if (data.Task == PredictionTask.Classification)
        {
            if (mean is 0 or 1)
                throw new FitException($"All {trainingRows.Length} training rows of this fold have the same outcome, so the model " +
                    "cannot learn. Use fewer folds, or more rows.");
            return new TargetScale(0, 1, classWeights ? (float)(1 - mean) : null, classWeights ? (float)mean : null);
        }

        foreach (int row in trainingRows) square += (data.Target[row] - mean) * (data.Target[row] - mean);
        double sd = Math.Sqrt(square / trainingRows.Length);
        if (sd == 0) throw new FitException($"All {trainingRows.Length} training rows of this fold have the same target, so the model " +
            "cannot learn. Use fewer folds, or more rows.");
        return new TargetScale(mean, sd, null, null);
    }

    /// <summary>Mean weight of a training row in the data loss: 2 p (1 - p) with class weights, p being the share of positives; else 1.</summary>
    public double MeanWeight => PositiveWeight is { } positive && NegativeWeight is { } share ? 2.0 * positive * share : 1;

    public float Standardise(float target) => (float)((target - Mean) / Sd);

    public float Restore(float prediction) => (float)(prediction * Sd + Mean);
}
