using FairMedl.Engine.Models;
using FairMedl.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// Adam (beta 0.9 and 0.999, epsilon 1e-7) with decoupled weight decay and clipping. All parameters are views of one block, and so
/// are the moments, so that a step is a few calls of libtorch; nothing is read back from the device. TorchSharp's own optimiser makes
/// scalars that a garbage collection may free while native code reads them.
/// </summary>
internal sealed class Optimiser
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-7, NormFloor = 1e-6;
    private static readonly Scalar Floor = NormFloor.ToScalar();
    private readonly Parameter[] parameters;
    private readonly Tensor weights, decayed, first, second, new1, new2;
    private int steps;

    /// <summary>Moves the parameters into one block; weight decay shrinks the first of them.</summary>
    public Optimiser(IReadOnlyList<Parameter> parameters, double learningRate, int decayed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(learningRate);
        this.parameters = [.. parameters];
        using IDisposable constant = no_grad();
        weights = cat([.. this.parameters.Select(p => p.detach().reshape(-1)), zeros(1, device: FitDevice.Current)]);
        long at = 0;
        for (int i = 0; i < this.parameters.Length; i++)
        {
            if (i == decayed) this.decayed = weights.narrow(0, 0, at);
            Parameter parameter = this.parameters[i];
            long count = parameter.numel();
            parameter.set_(weights.narrow(0, at, count).view(parameter.shape));
            at += count;
        }

        weights = weights.narrow(0, 0, at);
        this.decayed ??= weights;
        first = zeros_like(weights);
        second = zeros_like(weights);
        new1 = tensor(new[] { (float)(1 - Beta1) }).OnDevice();
        new2 = tensor(new[] { (float)(1 - Beta2) }).OnDevice();
    }

    /// <summary>One step down the gradient of the loss; 0 means no clipping, or no weight decay. The loss's graph is freed.</summary>
    public void Descend(Tensor loss, double learningRate, double clipNorm = 0, double weightDecay = 0)
    {
        // An error in here, such as memory that is missing, is an exception; in autograd.grad it ends the process.
        autograd.backward([loss], inputs: parameters);
        using IDisposable constant = no_grad();
        Tensor gradient = TakeGradient();
        if (clipNorm > 0) Clip(gradient, clipNorm);
        if (weightDecay > 0)
        {
            using Scalar factor = (1 - learningRate * weightDecay).ToScalar();
            decayed.mul_(factor);
        }

        steps++;
        double rootOfCorrection2 = Math.Sqrt(1 - Math.Pow(Beta2, steps));
        first.lerp_(gradient, new1);
        // With 0.999 and 0.001 rounded apart, as factors of a sum, the moment would be off by 1e-5.
        second.lerp_(gradient.mul(gradient), new2);

        // step m_hat / (sqrt(v_hat) + eps), with the corrections in the step and in epsilon.
        using Scalar epsilon = (Epsilon * rootOfCorrection2).ToScalar();
        using Scalar step = (-learningRate / (1 - Math.Pow(Beta1, steps)) * rootOfCorrection2).ToScalar();
        weights.addcdiv_(first, second.sqrt().add_(epsilon, Arithmetic.One), step);
    }

    /// <summary>The gradient of all parameters in one block; none is left for the next step to add to.</summary>
    private Tensor TakeGradient()
    {
        Tensor[] flat = new Tensor[parameters.Length];
        for (int i = 0; i < flat.Length; i++)
        {
            Parameter parameter = parameters[i];
            flat[i] = parameter.grad is { } gradient ? gradient.reshape(-1) : zeros(parameter.numel(), device: weights.device);
            parameter.grad = null;
        }

        return cat(flat);
    }

    /// <summary>Scales the gradient to a norm of at most the given one.</summary>
    private static void Clip(Tensor gradient, double norm)
    {
        using Scalar largest = norm.ToScalar();
        gradient.mul_(gradient.norm().add_(Floor, Arithmetic.One).reciprocal_().mul_(largest).clamp_max_(Arithmetic.One));
    }
}
