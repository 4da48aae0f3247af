namespace FairMedl.Core.Fits;

/// <summary>The learning rate of each step.</summary>
public static class LearningRate
{
    private const double ConstantShare = 0.4, FinalShare = 0.02;

    /// <summary>Mean of the factor over all steps.</summary>
    public static double MeanFactor(LearningRateSchedule schedule) => schedule switch
    {
        LearningRateSchedule.Constant => 1,
        LearningRateSchedule.ConstantThenCosine => ConstantShare + (1 - ConstantShare) * (1 + FinalShare) / 2,
    };

    /// <summary>
    /// The factor on the learning rate at step t of T: 1, or for <see cref="LearningRateSchedule.ConstantThenCosine"/>
    /// 1 up to 40 % of the steps, then .02 + .98 (1 + cos(pi u)) / 2 with u the share of the rest (docs/method.md).
    /// </summary>
    public static double Factor(LearningRateSchedule schedule, int step, int steps)
    {
        if (schedule == LearningRateSchedule.Constant) return 1;
        double progress = steps <= 1 ? 1 : step / (double)(steps - 1);
        if (progress <= ConstantShare) return 1;
        double u = (progress - ConstantShare) / (1 - ConstantShare);
        return FinalShare + (1 - FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * u));
    }
}
