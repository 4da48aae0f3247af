using FairMedl.Core.Fits;
using FairMedl.Engine.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// One training step (docs/method.md): forward; every adversary takes one Adam step on detached activations and
/// predictions; then, with the adversaries just updated and frozen, one Adam step of the predictor on the model's
/// objective, with the same draw of the random effects. Alternating 1:1, no gradient-reversal layer.
/// </summary>
internal sealed class AlternatingStep
{
    private readonly ComposedModel model;
    private readonly TrainingSettings settings;
    private readonly Optimiser predictor;
    private readonly Optimiser? clusterAdversary, fixedAdversary, mixedAdversary;

    public AlternatingStep(ComposedModel model, TrainingSettings settings)
    {
        this.model = model;
        this.settings = settings;
        predictor = new Optimiser(model.PredictorParameters, settings.LearningRate, model.FixedEffects.DecayedCount);
        clusterAdversary = model.ClusterAdversary is null ? null : Adversary(model.ClusterAdversary.Parameters);
        fixedAdversary = model.FixedAdversary is null ? null : Adversary(model.FixedAdversary.Parameters);
        mixedAdversary = model.MixedAdversary is null ? null : Adversary(model.MixedAdversary.Parameters);
    }

    /// <summary>Takes the step; the terms live until the caller's dispose scope ends.</summary>
    public LossTerms Take(Batch batch, Effects? noise, double learningRate, bool correlation)
    {
        ForwardPass pass = model.Forward(batch, noise);

        if (clusterAdversary is not null)
        {
            using DisposeScope scope = NewDisposeScope();
            clusterAdversary.Descend(model.ClusterAdversaryLoss(pass, batch), learningRate);
        }

        if (fixedAdversary is not null)
        {
            using DisposeScope scope = NewDisposeScope();
            fixedAdversary.Descend(model.FixedAdversaryLoss(pass, batch), learningRate);
        }

        if (mixedAdversary is not null)
        {
            using DisposeScope scope = NewDisposeScope();
            mixedAdversary.Descend(model.MixedAdversaryLoss(pass, batch), learningRate);
        }

        LossTerms terms = model.Objective(pass, batch, correlation);
        predictor.Descend(terms.Total, learningRate, settings.ClipNorm, settings.WeightDecay);
        return terms;
    }

    private Optimiser Adversary(IReadOnlyList<Parameter> parameters) => new(parameters, settings.LearningRate);
}
