using FairMedl.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// Exponential moving average of the predictor's weights, a = d a + (1 - d) w with d = min(decay, (1 + t) / (10 + t)) at
/// step t; at the end the average is the model (docs/method.md).
/// </summary>
internal sealed class WeightAverage
{
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly Tensor[] averages;
    private readonly double decay;
    private int step;

    public WeightAverage(IReadOnlyList<Parameter> parameters, double decay)
    {
        this.parameters = parameters;
        this.decay = decay;
        averages = [.. parameters.Select(p => p.detach().clone())];
    }

    /// <summary>Updates the average; call it after each optimizer step.</summary>
    public void Update()
    {
        float d = (float)Math.Min(decay, (1.0 + step) / (10.0 + step));
        step++;
        using IDisposable constant = no_grad();
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < averages.Length; i++) averages[i].MoveTowards(parameters[i], d);
    }

    /// <summary>Exchanges the averages and the weights.</summary>
    public void Swap()
    {
        using IDisposable constant = no_grad();
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < averages.Length; i++)
        {
            Tensor weights = parameters[i].detach().clone();
            parameters[i].copy_(averages[i]);
            averages[i].copy_(weights);
        }
    }

    /// <summary>Puts the averages in the weights' place.</summary>
    public void Apply()
    {
        using IDisposable constant = no_grad();
        for (int i = 0; i < averages.Length; i++) parameters[i].copy_(averages[i]);
    }
}
