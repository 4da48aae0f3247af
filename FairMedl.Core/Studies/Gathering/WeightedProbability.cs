using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>
/// What the probability of a fit with class weights means. A positive row weighs 1 - mean(y) and a negative one mean(y), so that
/// both classes weigh the same in all; the odds that the network learns are the data's times (1 - mean(y)) / mean(y).
/// </summary>
public static class WeightedProbability
{
    /// <summary>A sentence for a page or report that shows single probabilities; null where no fit has class weights.</summary>
    public static string? Warnings(IEnumerable<TrainingSettings> fits) => fits.Any(f => f.ClassWeights)
        ? "Training weights the two classes equally, so a predicted probability is a score to compare with the threshold. It is not the " +
            "share of similar rows that are positive."
        : null;
}
