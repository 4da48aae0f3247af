using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>Adam (beta 0.9 and 0.999, epsilon 1e-7) with decoupled weight decay and clipping, over parameters in one block.</summary>
internal sealed class Optimiser
{
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly int decayed;
    private readonly Adam adam;

    /// <summary>Takes the parameters; weight decay shrinks the first of them.</summary>
    public Optimiser(IReadOnlyList<Parameter> parameters, double learningRate, int decayed = 0)
    {
        this.parameters = parameters;
        this.decayed = decayed;
        adam = optim.Adam(parameters, lr: learningRate, beta1: 0.9, beta2: 0.999, eps: 1e-7, weight_decay: 0);
    }

    /// <summary>One step down the gradient of the loss; 0 means no clipping, or no weight decay.</summary>
    public void Descend(Tensor loss, double learningRate, double clipNorm = 0, double weightDecay = 0)
    {
        adam.zero_grad();
        loss.backward();
        if (clipNorm > 0) nn.utils.clip_grad_norm_(parameters, clipNorm);
        if (weightDecay > 0) Shrink((float)(1 - learningRate * weightDecay));
        foreach (var group in adam.ParamGroups) group.LearningRate = learningRate;
        adam.step();
    }

    private void Shrink(float factor)
    {
        using IDisposable constant = no_grad();
        for (int i = 0; i < decayed; i++) parameters[i].mul_(factor);
    }
}
