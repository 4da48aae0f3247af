using FairMedl.Core.Reports.Tables;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>What cluster effects mean, in the words of the user's cluster column.</summary>
internal static class ClusterEffectSentences
{
    /// <summary>What the number is and what it is compared with, in a few sentences.</summary>
    public static string Meaning(ShownEffects shown) => $"{Definition(shown)} {Reference(shown)}";

    /// <summary>What the intervals are.</summary>
    public static string Interval(ShownEffects shown) =>
        "Intervals are the posterior mean ± 1.96 standard deviations (SD). " + (shown.Effects.HasTotals
            ? "The variance is that of a fit's posterior, averaged over the fits, plus the variance between the fits. "
            : "Means and SDs are averaged over the fits. ") +
        "Effects come from a Bayesian network, whose prior shrinks them toward zero. They are not the conditional modes of a linear " +
        $"mixed model, and an interval can be narrower than a confidence interval of {shown.Words.AOne}'s true effect.";

    private static string Definition(ShownEffects shown) => shown.Effects.HasTotals
        ? $"The total effect of {shown.Words.AOne} is what its random intercept and slopes add to the prediction for the mean " +
            $"training row, in {shown.Unit}. The intercept alone leaves out the part of the slopes."
        : $"The random intercept of {shown.Words.AOne} is what it adds to every prediction, in {shown.Unit}. The version that computed " +
            "these results did not record total effects. Intercepts leave out the part of the random slopes, and can understate how " +
            $"{shown.Words.Many} differ.";

    private static string Reference(ShownEffects shown) => shown.Effects.IsCentered
        ? $"Effects are deviations from the population of {shown.Words.Many} in training: 0 is the prediction without " +
            $"{shown.Words.Effects} (fixed effects, FE)."
        : $"Effects are not centered in this run (hyperparameter centerRandomEffects): part of them is common to all {shown.Words.Many}, " +
            $"and predictions without {shown.Words.Effects} (fixed effects, FE) leave that part out. Compare {shown.Words.Many} with " +
            "their mean instead of 0.";
}
