using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>The element-wise operations of one operand; p and q are their constants.</summary>
internal enum Unary : byte
{
    /// <summary>-x</summary>
    Negate,

    /// <summary>p x + q</summary>
    Affine,

    /// <summary>p / x</summary>
    Reciprocal,

    /// <summary>|x|; the derivative at 0 is 0</summary>
    Absolute,

    /// <summary>x^2</summary>
    Square,

    /// <summary>sqrt(x)</summary>
    SquareRoot,

    /// <summary>e^x</summary>
    Exponential,

    /// <summary>ln x</summary>
    Logarithm,

    /// <summary>1 / (1 + e^-x)</summary>
    Sigmoid,

    /// <summary>max(x, 0); the derivative at 0 is 0</summary>
    Rectify,

    /// <summary>x, or p x where x is negative</summary>
    LeakyRectify,

    /// <summary>x limited to [p, q]; the derivative is 1 on the limits too</summary>
    Clamp,

    /// <summary>ln(1 + e^x)</summary>
    Softplus,
}

internal sealed unsafe partial class Kernel<V>
{
    public override void Map(Unary unary, in Loop loop, nint output, nint a, float p, float q)
    {
        switch (unary)
        {
            case Unary.Negate: Map<Negate>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.Affine: Map<Affine>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.Reciprocal: Map<Reciprocal>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.Absolute: Map<Absolute>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.Square: Map<Square>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.SquareRoot: Map<SquareRoot>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.Exponential: Map<Exponential>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.Logarithm: Map<Logarithm>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.Sigmoid: Map<Sigmoid>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.Rectify: Map<Rectify>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.LeakyRectify: Map<LeakyRectify>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.Clamp: Map<Clamp>(loop, (float*)output, (float*)a, p, q); break;
            case Unary.Softplus: Map<Softplus>(loop, (float*)output, (float*)a, p, q); break;
        }
    }

    public override void MapGradient(Unary unary, in Loop loop, nint output, nint a, nint y, nint g, float p, float q, bool accumulate)
    {
        switch (unary)
        {
            case Unary.Negate: MapGradient<Negate>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.Affine: MapGradient<Affine>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.Reciprocal: MapGradient<Reciprocal>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.Absolute: MapGradient<Absolute>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.Square: MapGradient<Square>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.SquareRoot: MapGradient<SquareRoot>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.Exponential: MapGradient<Exponential>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.Logarithm: MapGradient<Logarithm>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.Sigmoid: MapGradient<Sigmoid>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.Rectify: MapGradient<Rectify>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.LeakyRectify: MapGradient<LeakyRectify>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.Clamp: MapGradient<Clamp>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
            case Unary.Softplus: MapGradient<Softplus>(loop, (float*)output, (float*)a, (float*)y, (float*)g, p, q, accumulate); break;
        }
    }
}

internal readonly struct Negate : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => -x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => V.Create(-1f);
}

internal readonly struct Affine : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => V.FusedMultiplyAdd(p, x, q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => p;
}

internal readonly struct Reciprocal : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => p / x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => -y / x;
}

internal readonly struct Absolute : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => V.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => V.And(V.GreaterThan(x, V.Create(0f)), V.Create(1f)) - V.And(V.GreaterThan(V.Create(0f), x), V.Create(1f));
}

internal readonly struct Square : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => x * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => V.Create(2f) * x;
}

internal readonly struct SquareRoot : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => V.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => V.Create(0.5f) / y;
}

internal readonly struct Exponential : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => V.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => y;
}

internal readonly struct Logarithm : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => V.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => V.Create(1f) / x;
}

internal readonly struct Sigmoid : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => Transcendental.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => y * (V.Create(1f) - y);
}

internal readonly struct Rectify : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => V.Max(V.Create(0f), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => V.And(V.GreaterThan(x, V.Create(0f)), V.Create(1f));
}

internal readonly struct LeakyRectify : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => V.Select(V.GreaterThan(x, V.Create(0f)), x, p * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => V.Select(V.GreaterThan(x, V.Create(0f)), V.Create(1f), p);
}

internal readonly struct Clamp : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => V.Min(q, V.Max(p, x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => V.Select(V.GreaterThan(p, x), V.Create(0f), V.Select(V.GreaterThan(x, q), V.Create(0f), V.Create(1f)));
}

internal readonly struct Softplus : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V> => Transcendental.Softplus(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V> => Transcendental.Sigmoid(x);
}
