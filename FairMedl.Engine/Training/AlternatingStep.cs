using FairMedl.Core.Fits;
using FairMedl.Engine.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// One training step (method, section 3): forward; every adversary takes one Adam step on detached activations and
/// predictions; then, with the adversaries just updated and frozen, one Adam step of the predictor on the model's
/// objective, with the same draw of the random effects. Alternating 1:1, no gradient-reversal layer.
/// </summary>
internal sealed class AlternatingStep
{
    private readonly ComposedModel model;
    private readonly TrainingSettings settings;
    private readonly Adam predictor;
    private readonly Adam? clusterAdversary, fixedAdversary, mixedAdversary;
    private readonly IReadOnlyList<Parameter> predictorParameters, decayed;

    public AlternatingStep(ComposedModel model, TrainingSettings settings)
    {
        this.model = model;
        this.settings = settings;
        predictorParameters = model.PredictorParameters;
        decayed = model.FixedEffects.Decayed;
        predictor = Optimiser(predictorParameters);
        clusterAdversary = model.ClusterAdversary is null ? null : Optimiser(model.ClusterAdversary.Parameters);
        fixedAdversary = model.FixedAdversary is null ? null : Optimiser(model.FixedAdversary.Parameters);
        mixedAdversary = model.MixedAdversary is null ? null : Optimiser(model.MixedAdversary.Parameters);
    }

    /// <summary>Takes the step; the terms live until the caller's dispose scope ends.</summary>
    public LossTerms Take(Batch batch, Effects? noise, double learningRate, bool correlation)
    {
        ForwardPass pass = model.Forward(batch, noise);

        if (clusterAdversary is not null)
        {
            using DisposeScope scope = NewDisposeScope();
            Descend(clusterAdversary, model.ClusterAdversaryLoss(pass, batch), learningRate);
        }

        if (fixedAdversary is not null)
        {
            using DisposeScope scope = NewDisposeScope();
            Descend(fixedAdversary, model.FixedAdversaryLoss(pass, batch), learningRate);
        }

        if (mixedAdversary is not null)
        {
            using DisposeScope scope = NewDisposeScope();
            Descend(mixedAdversary, model.MixedAdversaryLoss(pass, batch), learningRate);
        }

        LossTerms terms = model.Objective(pass, batch, correlation);
        predictor.zero_grad();
        terms.Total.backward();
        if (settings.ClipNorm > 0) nn.utils.clip_grad_norm_(predictorParameters, settings.ClipNorm);
        if (settings.WeightDecay > 0) Shrink((float)(1 - learningRate * settings.WeightDecay));
        SetLearningRate(predictor, learningRate);
        predictor.step();
        return terms;
    }

    private Adam Optimiser(IReadOnlyList<Parameter> parameters) =>
        optim.Adam(parameters, lr: settings.LearningRate, beta1: 0.9, beta2: 0.999, eps: 1e-7, weight_decay: 0);

    private static void Descend(Adam optimiser, Tensor loss, double learningRate)
    {
        optimiser.zero_grad();
        loss.backward();
        SetLearningRate(optimiser, learningRate);
        optimiser.step();
    }

    private static void SetLearningRate(Adam optimiser, double learningRate)
    {
        foreach (var group in optimiser.ParamGroups) group.LearningRate = learningRate;
    }

    private void Shrink(float factor)
    {
        using IDisposable constant = no_grad();
        foreach (Parameter parameter in decayed) parameter.mul_(factor);
    }
}
