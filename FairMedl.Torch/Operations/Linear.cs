using static TorchSharp.torch;
#if TORCH_MANAGED
using FairMedl.Torch.Engine;
#endif

namespace FairMedl.Torch;

/// <summary>
/// The operations beyond TorchSharp's that make a training step fast. Each has a body composed of TorchSharp's own
/// operations (<see cref="Composed"/>), which specifies the result and runs where TorchSharp provides the tensors.
/// </summary>
public static partial class Fused
{
    /// <summary>activation(x W^T + b): x [batch, in] (a concatenation is read part by part), W [out, in], b [out]; [batch, out].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit; both are named.</exception>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor bias, Activation activation) =>
#if TORCH_MANAGED
        Products.Forward(x, weight, true, bias, activation == Activation.Relu);
#else
        Composed.Linear(x, weight, bias, activation);
#endif
}

/// <summary>The fused operations, said in TorchSharp's.</summary>
public static partial class Composed
{
    /// <inheritdoc cref="Fused.Linear"/>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor bias, Activation activation)
    {
        Tensor y = matmul(x, weight.t()) + bias;
        return activation == Activation.Relu ? y.relu() : y;
    }
}
