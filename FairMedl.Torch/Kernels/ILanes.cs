namespace FairMedl.Torch.Kernels;

/// <summary>
/// A vector of <see cref="Width"/> floats. Every kernel is written once against this interface; the just-in-time
/// compiler specialises it for each width, so a call here is one instruction there.
/// </summary>
/// <remarks>
/// <see cref="Max"/> and <see cref="Min"/> return their second argument where either is not a number, so that
/// <c>Max(limit, x)</c> lets a NaN in x through.
/// </remarks>
internal unsafe interface ILanes<V> where V : unmanaged, ILanes<V>
{
    /// <summary>Floats in a vector: 16, 8 or 1.</summary>
    static abstract int Width { get; }

    static abstract V Load(float* source);

    static abstract void Store(float* destination, V value);

    /// <summary>The same value in every lane.</summary>
    static abstract V Create(float value);

    /// <summary>All bits set in the first <paramref name="count"/> lanes, none in the others.</summary>
    static abstract V First(int count);

    static abstract V operator +(V a, V b);

    static abstract V operator -(V a, V b);

    static abstract V operator *(V a, V b);

    static abstract V operator /(V a, V b);

    static abstract V operator -(V a);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract V FusedMultiplyAdd(V a, V b, V c);

    static abstract V Max(V a, V b);

    static abstract V Min(V a, V b);

    static abstract V Abs(V a);

    static abstract V Sqrt(V a);

    /// <summary>The nearest integer.</summary>
    static abstract V Round(V a);

    /// <summary>A mask: all bits set where a > b.</summary>
    static abstract V GreaterThan(V a, V b);

    /// <summary>A mask: all bits set where a = b.</summary>
    static abstract V Equal(V a, V b);

    /// <summary>a where the mask is set, otherwise b.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary>a where the mask is set, otherwise 0.</summary>
    static abstract V And(V mask, V a);

    /// <summary>2^n for an integer n in -126 .. 127.</summary>
    static abstract V PowerOfTwo(V n);

    /// <summary>e, where a positive normal x is m 2^e with m in [1/2, 1).</summary>
    static abstract V Exponent(V x);

    /// <summary>m, where a positive normal x is m 2^e with m in [1/2, 1).</summary>
    static abstract V Mantissa(V x);

    /// <summary>The sum over the lanes.</summary>
    static abstract float Sum(V a);
}
