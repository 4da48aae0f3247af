using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>
/// Finds training that is too short to learn well. A step of Adam moves a weight by about the learning rate, so all steps
/// together by little more than their number times the rate, while weights start at some tenths. On Adult (115 steps an epoch,
/// rate .001) the AUROC of NNet in the paper's preset is .83 after one epoch, .87 after two and .89 after twenty.
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
        int folds = definition.Protocol.Folds, rows = (int)((long)seenRows * FoldRows.TrainingFolds(folds) / folds);
        return
        [
            .. fits.GroupBy(f => (f.Training.Epochs, Steps: f.Training.StepsPerEpoch(rows), f.Training.LearningRate))
                .Where(g => Reach(g.Key) < Least)
                .Select(g => Sentence(g.Key, g.Count() == fits.Count ? "Each fit" : $"Each fit of {Names(g)}")),
        ];
    }

    private static double Reach((int Epochs, int Steps, double LearningRate) training) =>
        (double)training.Epochs * training.Steps * training.LearningRate;

    private static string Names(IEnumerable<FitSpecification> fits) => string.Join(", ", fits.Select(f => f.Kind.Name));

    private static NumericText Sentence((int Epochs, int Steps, double LearningRate) training, string fit) =>
        $"{fit} takes only {Counted((long)training.Epochs * training.Steps, "step")} of training ({Counted(training.Epochs, "epoch")} of " +
        $"{training.Steps}): at the learning rate {training.LearningRate:0.######} a weight can change by only about " +
        $"{Reach(training):0.###}, too little to learn well. Use more epochs ({Math.Ceiling(Enough * training.Epochs / Reach(training))} " +
        $"allow a change of about {Enough}), smaller batches or a higher learning rate.";

    private static NumericText Counted(long n, string one) => $"{n:N0} {one}{(n == 1 ? "" : "s")}";
}
