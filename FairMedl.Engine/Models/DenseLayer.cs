using FairMedl.Core.Numerics;
using FairMedl.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>
/// An affine map with an optional ReLU: y = activation(x W^T + b), x [B, in], W [out, in], b [out], y [B, out].
/// Weights start Glorot-uniform, on (-l, l) with l = sqrt(6 / (in + out)); biases at zero (docs/method.md).
/// </summary>
public sealed class DenseLayer
{
    /// <summary>A layer whose first weights come from <paramref name="random"/>.</summary>
    /// <param name="inputs">in.</param>
    /// <param name="outputs">out.</param>
    /// <param name="random">Where the first weights come from.</param>
    /// <param name="heads">Where the outputs are several softmax heads: their sizes, so that each starts as a layer of its own.</param>
    public DenseLayer(int inputs, int outputs, RandomStream random, IReadOnlyList<int>? heads = null)
    {
        float[] weights = new float[inputs * outputs];
        int row = 0;
        foreach (int size in heads ?? [outputs])
        {
            double limit = Math.Sqrt(6.0 / (inputs + size));
            random.FillUniform(weights.AsSpan(row * inputs, size * inputs), -limit, limit);
            row += size;
        }

        Weight = nn.Parameter(tensor(weights, [outputs, inputs]).OnDevice());
        Bias = nn.Parameter(zeros(outputs, device: FitDevice.Current));
    }

    /// <summary>Weights W, [out, in].</summary>
    public Parameter Weight { get; }

    /// <summary>Bias b, [out].</summary>
    public Parameter Bias { get; }

    /// <summary>y [B, out] of x [B, in].</summary>
    public Tensor Forward(Tensor x, Activation activation) => Fused.Linear(x, Weight, Bias, activation);
}
