using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Scoring;

namespace FairMedl.Core.Studies.Individuals;

/// <summary>What one model's head says of a person.</summary>
/// <param name="Model">The model's name in the catalogue.</param>
/// <param name="Head">The head.</param>
/// <param name="Fits">How many fits the mean is over.</param>
/// <param name="Threshold">The mean of their thresholds; null for regression.</param>
/// <param name="Predictions">By position of <see cref="IndividualQuestion.Rows"/>.</param>
/// <param name="Cluster">What the cluster adds to the row as it is; null for the fixed effects.</param>
public sealed record IndividualAnswer(string Model, Head Head, int Fits, double? Threshold, float[] Predictions,
    ClusterContribution? Cluster)
{
    /// <summary>The decision at a position; a tie is a yes. Null for regression.</summary>
    public bool? Decision(int position) => Threshold is { } threshold ? MeanDecision.IsYes(Predictions[position], threshold) : null;

    /// <summary>Asks models, given by kind, each of them the fits that never trained on the person.</summary>
    public static IReadOnlyList<IndividualAnswer> Of(ComputeTarget compute, IndividualQuestion question,
        IEnumerable<IReadOnlyList<TrainedModel>> models, CancellationToken cancellation = default)
    {
        var answers = new List<IndividualAnswer>();
        foreach (IReadOnlyList<TrainedModel> fits in models.Where(m => m.Count > 0))
        {
            var ensemble = new Ensemble(compute, fits);
            EnsemblePredictions predicted = ensemble.Predict(question.Rows, cancellation: cancellation);
            string model = fits[0].Key.Model;
            answers.Add(new IndividualAnswer(model, Head.FixedEffects, fits.Count, ensemble.FixedThreshold, predicted.Fixed, null));
            if (predicted.Mixed is { } mixed)
                answers.Add(new IndividualAnswer(model, Head.MixedEffects, fits.Count, ensemble.MixedThreshold, mixed,
                    ensemble.Contributions(question.Rows)![0]));
        }

        return answers;
    }
}
