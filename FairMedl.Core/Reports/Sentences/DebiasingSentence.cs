using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>Says that a debiasing term changed nothing that can be measured, with the likely reason and the remedy.</summary>
public static class DebiasingSentence
{
    private const double UsualRate = 1e-3;

    /// <summary>The sentences; null where an effect was measured, or none can be expected (<see cref="DebiasingEffect"/>).</summary>
    public static NumericText? Of(RunComparison comparison)
    {
        if (!DebiasingEffect.IsAbsent(comparison)) return null;
        Run baseline = comparison.Baseline, compared = comparison.Compared;
        return $"Debiasing had no measurable effect: the spreads of {compared.Name} are within noise of {baseline.Name}'s for every " +
            $"sensitive attribute. {Reason(comparison)}";
    }

    /// <summary>The sentences on every fair model of a study that has its counterpart in it, each by its main head.</summary>
    public static IEnumerable<NumericText> All(StudyResults results, Split split = Split.Seen) =>
        StudyComparison.Of(results.Header.Definition)
            .Select(c => Of(RunComparison.Of(results, c.Baseline, c.Fair, split))).OfType<NumericText>();

    private static NumericText Reason(RunComparison comparison)
    {
        Run compared = comparison.Compared;
        if (DebiasingEffect.HasNothingToReduce(comparison))
            return $"{comparison.Baseline.Name}'s spreads are already within the noise floor, so there is little to reduce.";
        FitSummary[] fits = [.. compared.Results.Fits.Where(f => f.Key.Model == compared.Model)];
        long steps = fits.Length == 0 ? 0 : (long)Math.Round(fits.Average(f => (double)f.Steps));
        double rate = Training(compared)?.LearningRate ?? UsualRate, needed = TrainingSettings.FewestAutoSteps * UsualRate / rate;
        if (steps > 0 && steps < needed)
            return $"The likely reason is short training: each fit takes {steps:N0} steps, and debiasing needs about {needed:N0}. " +
                $"{(rate < UsualRate ? "Use more epochs or a higher learning rate." : "Use more epochs; epochs = auto takes enough.")}";
        NumericText enough = steps > 0 ? NumericText.Of($"Each fit takes {steps:N0} steps, which is usually enough. ") : NumericText.Empty;
        return $"{enough}The debiasing term may weigh too little: raise {Weight(compared)}.";
    }

    private static TrainingSettings? Training(Run run) => DefinitionCheck.Specifications(run.Results.Header.Definition, out _)
        .FirstOrDefault(s => s.Kind.Id == run.Model)?.Training;

    /// <summary>The weight that debiases the shown head: "lambdaMe, here 0.17".</summary>
    private static string Weight(Run run)
    {
        string name = ModelCatalogue.Find(run.Model) is { Debiasing: Debiasing.Correlation } ? "lambdaS"
            : run.Head == Head.MixedEffects ? "lambdaMe" : "lambdaFe";
        string? value = EffectiveSetting.Of(run.Results.Header.Definition, run.Model).FirstOrDefault(s => s.Setting.Name == name)?.Value;
        return value is null ? name : $"{name}, here {value}";
    }
}
