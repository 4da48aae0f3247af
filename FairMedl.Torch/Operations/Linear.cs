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
        Affine(x, weight, bias, activation);

    /// <summary>One call of libtorch for the product and the bias; shapes that do not fit are named before it.</summary>
    private static Tensor Affine(Tensor x, Tensor weight, Tensor bias, Activation activation)
    {
        Composed.CheckLayers(x, [weight, bias]);
        Tensor y = nn.functional.linear(x, weight, bias);

        // max(y, 0) and its gradient as relu's; libtorch has a meta kernel for this one alone, with which tests check devices.
        return activation == Activation.Relu ? y.threshold(Arithmetic.Nothing, Arithmetic.Nothing) : y;
    }
#endif
}

/// <summary>The fused operations, composed of TorchSharp's operations.</summary>
public static partial class Composed
{
    /// <inheritdoc cref="Fused.Linear"/>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor bias, Activation activation)
    {
        CheckLayers(x, [weight, bias]);
        Tensor y = matmul(x, weight.t()).Plus(bias);
        return activation == Activation.Relu ? y.relu() : y;
    }
}
