using FairMedl.Core.Fits;

namespace FairMedl.Engine.Training;

/// <summary>
/// Weight lambda_K of the KL divergence. Auto is its weight in the evidence lower bound relative to a data loss that is the mean
/// over rows: w / n with n training rows and w the mean weight of a row. For the squared error of a standardized target w is 2 sigma^2,
/// the residual variance sigma^2 being 1 in the first epoch and then the mean squared error of the epoch before.
/// </summary>
internal sealed class KlWeight(Auto<double> setting, TargetScale scale, int trainingRows, bool isRegression)
{
    /// <summary>The value of the next epoch.</summary>
    public double Value { get; private set; } = setting.Number ?? (isRegression ? 2 : scale.MeanWeight) / trainingRows;

    /// <summary>Takes the residual variance of an epoch into account.</summary>
    public void Update(EpochLosses epoch)
    {
        if (setting.Number is null && isRegression && epoch.MixedLoss is { } residualVariance) Value = 2 * residualVariance / trainingRows;
    }
}
