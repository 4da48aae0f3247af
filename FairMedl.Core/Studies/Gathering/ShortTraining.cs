using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>
/// Finds training that is too short to learn well. A step of Adam moves a weight by about the learning rate, so all steps
/// together by little more than the sum of their rates, while weights start at some tenths. On Adult (115 steps an epoch,
/// rate .001) the AUROC of NNet in the paper's preset is .83 after one epoch, .87 after two and .89 after twenty. Adversaries need
/// longer: with a sum of .26 they change nothing.
/// </summary>
public static class ShortTraining
{
    private const double Least = 0.2, Enough = 1;

    /// <summary>
    /// Warnings of a study with <paramref name="seenRows"/> rows in seen clusters, one per length of training that is too short.
    /// Empty for a definition with faults.
    /// </summary>
    public static IReadOnlyList<NumericText> Warnings(StudyDefinition definition, int seenRows)
    {
        IReadOnlyList<FitSpecification> fits = DefinitionCheck.Specifications(definition, out List<InputFault> faults);
        if (faults.Count > 0) return [];
        int rows = FoldRows.TrainingRows(seenRows, definition.Protocol.Folds, DefinitionCheck.HoldsOutValidation(definition, fits));
        IGrouping<Length, FitSpecification>[] lengths = [.. fits.GroupBy(f => Length.Of(f.Training, rows))];
        return
        [
            .. lengths.Where(g => g.Key.Reach < Least)
                .Select(g => TooShort(g.Key, g.Count() == fits.Count ? "Each fit" : $"Each fit of {Names(g)}")),
            .. lengths.Where(g => g.Key.Reach is >= Least and < Enough)
                .Select(g => (Length: g.Key, Fair: g.Where(f => f.Kind.Debiasing == Debiasing.Adversary).ToArray()))
                .Where(g => g.Fair.Length > 0)
                .Select(g => TooShortToDebias(g.Length, Names(g.Fair))),
        ];
    }

    private static string Names(IEnumerable<FitSpecification> fits) => string.Join(", ", fits.Select(f => f.Kind.Name));

    private static NumericText TooShort(Length length, string fit) =>
        $"{fit} takes only {Steps(length)}: at the learning rate {length.LearningRate:0.######} a weight can change by only about " +
        $"{length.Reach:0.###}, too little to learn well. {Remedy(length)}";

    private static NumericText TooShortToDebias(Length length, string models) =>
        $"Each fit of {models} takes only {Steps(length)}: at the learning rate {length.LearningRate:0.######} a weight can change by " +
        $"only about {length.Reach:0.###}, which may be too little for a debiasing adversary to have an effect. {Remedy(length)}";

    private static NumericText Steps(Length length) =>
        $"{Counted((long)length.Epochs * length.Steps, "step")} of training ({Counted(length.Epochs, "epoch")} of {length.Steps})";

    private static NumericText Remedy(Length length) =>
        $"Use more epochs ({Math.Ceiling(Enough * length.Epochs / length.Reach)} allow a change of about {Enough}), smaller batches " +
        $"or a higher learning rate.";

    private static NumericText Counted(long n, string one) => $"{n:N0} {one}{(n == 1 ? "" : "s")}";

    /// <summary>How long a fit trains: epochs, steps of each, learning rate of the first step, and the mean of its factors.</summary>
    private readonly record struct Length(int Epochs, int Steps, double LearningRate, double MeanFactor)
    {
        public double Reach => Epochs * Steps * LearningRate * MeanFactor;

        public static Length Of(TrainingSettings training, int rows) => new(training.EpochCount(rows), training.StepsPerEpoch(rows),
            training.LearningRate, Fits.LearningRate.MeanFactor(training.Schedule));
    }
}
