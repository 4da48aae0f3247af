using static TorchSharp.torch;

namespace FairMedl.Torch;

public static partial class Fused
{
    /// <summary>Mean of (prediction - target)^2, a scalar; both of one shape.</summary>
    public static Tensor SquaredError(Tensor prediction, Tensor target)
    {
#if TORCH_MANAGED
        return nn.functional.mse_loss(prediction, target);
#else
        // As simple operations, which libtorch's meta device has: there a test checks that a step stays on its device.
        return (prediction - target).Squared().mean();
#endif
    }
}
