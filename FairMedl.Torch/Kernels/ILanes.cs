using System.Runtime.Intrinsics;

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

    /// <summary>
    /// sum += a * b, rounded once, in place: with the sum's own field as the target the compiler emits one instruction, where
    /// the assignment of a result costs it a move as often as a or b is used for the last time.
    /// </summary>
    static abstract void AddProduct(ref V sum, V a, V b);

    static abstract V Max(V a, V b);

    static abstract V Min(V a, V b);

    static abstract V Abs(V a);

    static abstract V Sqrt(V a);

    /// <summary>Rounds to the nearest integer.</summary>
    static abstract V Round(V a);

    /// <summary>A mask: all bits set where a > b.</summary>
    static abstract V GreaterThan(V a, V b);

    /// <summary>A mask: all bits set where a = b.</summary>
    static abstract V Equal(V a, V b);

    /// <summary>a where the mask is set, otherwise b.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary>a where the mask is set, otherwise 0.</summary>
    static abstract V And(V mask, V a);

    /// <summary>e^x, to two units in the last place; results under 2.5e-38 may be 0.</summary>
    static abstract V Exp(V x);

    /// <summary>e^x for x of at most 0, in fewer operations.</summary>
    static abstract V ExpOfNegative(V x);

    /// <summary>ln x, to two units in the last place.</summary>
    static abstract V Log(V x);

    /// <summary>Consecutive labels as floats; -1 for every one that is not in 0 .. classes - 1.</summary>
    static abstract V Labels(long* source, int classes);

    /// <summary>The sum over the lanes.</summary>
    static abstract float Sum(V a);

    /// <summary>The sums over the lanes of four vectors.</summary>
    static abstract Vector128<float> Sum(V a, V b, V c, V d);

    /// <summary>Element j of the four vectors goes to <c>to[j * stride + 0 .. 3]</c>, for the first <paramref name="columns"/> j of the width.</summary>
    static abstract void StoreTransposed(V a, V b, V c, V d, float* to, long stride, int columns);

    /// <summary>The way back: element j of the four vectors comes from <c>from[j * stride + 0 .. 3]</c>, and is 0 from <paramref name="columns"/> on.</summary>
    static abstract void LoadTransposed(float* from, long stride, int columns, out V a, out V b, out V c, out V d);

    /// <summary>A square of the width: <c>to[i * strideTo + j]</c> becomes <c>from[j * stride + i]</c>.</summary>
    static virtual void Transpose(float* from, long stride, float* to, long strideTo) => Transposing.ElementByElement(from, stride, to, strideTo, V.Width);
}
