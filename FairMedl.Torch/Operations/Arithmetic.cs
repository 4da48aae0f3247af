#if !TORCH_MANAGED
using System.Collections.Concurrent;
using TorchSharp;
#endif
using static TorchSharp.torch;

namespace FairMedl.Torch;

/// <summary>
/// Sums and products that are safe in both builds. TorchSharp turns a number (also the hidden alpha of a sum) into a native scalar
/// that a garbage collection may free while native code reads it, so here every scalar is held until the call returns.
/// </summary>
internal static class Arithmetic
{
#if !TORCH_MANAGED
    /// <summary>1 as a native scalar.</summary>
    public static readonly Scalar One = 1f.ToScalar();

    /// <summary>0 as a native scalar.</summary>
    public static readonly Scalar Nothing = 0f.ToScalar();

    /// <summary>1e-5 as a native scalar: the smallest standard deviation of a random effect.</summary>
    public static readonly Scalar SmallestSigma = 1e-5f.ToScalar();

    private static readonly ConcurrentDictionary<(DeviceType, int), Tensor> Zeros = [];

    /// <summary>The constant 0 on the tensor's device.</summary>
    public static Tensor Zero(Tensor like) => Zeros.GetOrAdd((like.device_type, like.device_index),
        static (_, x) => zeros(ReadOnlySpan<long>.Empty, device: x.device).DetachFromDisposeScope(), like);
#endif

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) =>
#if TORCH_MANAGED
        a + b;
#else
        a.add(b, One);
#endif

    /// <summary>a + number.</summary>
    public static Tensor Plus(this Tensor a, float number)
    {
#if TORCH_MANAGED
        return a + number;
#else
        using Scalar held = number.ToScalar();
        return a.add(held, One);
#endif
    }

    /// <summary>a * number.</summary>
    public static Tensor Times(this Tensor a, float number)
    {
#if TORCH_MANAGED
        return a * number;
#else
        using Scalar held = number.ToScalar();
        return a.mul(held);
#endif
    }

    /// <summary>a * a.</summary>
    public static Tensor Squared(this Tensor a) =>
#if TORCH_MANAGED
        a.square();
#else
        a.mul(a);
#endif

    /// <summary>Derivative of a scalar by x, of x's shape; x requires its gradient.</summary>
    public static Tensor DerivativeBy(this Tensor total, Tensor x)
    {
#if TORCH_MANAGED
        return autograd.grad([total], [x], grad_outputs: null, retain_graph: false, create_graph: false, allow_unused: false)[0];
#else
        // An error in here is an exception; in autograd.grad it ends the process.
        autograd.backward([total], inputs: [x]);
        return x.grad!;
#endif
    }

    /// <summary>average = keep * average + (1 - keep) * value, in place.</summary>
    public static void MoveTowards(this Tensor average, Tensor value, float keep)
    {
#if TORCH_MANAGED
        average.mul_(keep);
        average.add_(value * (1 - keep));
#else
        using Scalar kept = keep.ToScalar(), moved = (1 - keep).ToScalar();
        average.mul_(kept);
        average.add_(value, moved);
#endif
    }
}
