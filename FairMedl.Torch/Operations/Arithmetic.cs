using static TorchSharp.torch;
#if !TORCH_MANAGED
using TorchSharp;
#endif

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

    /// <summary>-1 as a native scalar.</summary>
    public static readonly Scalar MinusOne = (-1f).ToScalar();

    /// <summary>-1e-5 as a native scalar: the smallest standard deviation of a random effect, negated.</summary>
    public static readonly Scalar MinusSmallestSigma = (-1e-5f).ToScalar();
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
