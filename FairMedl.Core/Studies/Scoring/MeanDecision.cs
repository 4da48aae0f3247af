namespace FairMedl.Core.Studies.Scoring;

/// <summary>Predicted class from the mean of several fits.</summary>
public static class MeanDecision
{
    /// <summary>
    /// A mean at the mean threshold is a yes. The threshold is rounded as the mean is: fits that each meet their own
    /// threshold exactly say yes together too.
    /// </summary>
    /// <param name="mean">The mean prediction.</param>
    /// <param name="threshold">The mean of the same fits' thresholds.</param>
    public static bool IsYes(float mean, double threshold) => mean >= (float)threshold;
}
