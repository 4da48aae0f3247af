using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>What follows from exp and log.</summary>
internal static class Transcendental
{
    /// <summary>ln(1 + u) for u in [0, 1], as 2 artanh(s) = 2 (s + s^3/3 + s^5/5 + ...) with s = u / (2 + u), at most 1/3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V>(V u) where V : unmanaged, ILanes<V>
    {
        V s = u / (u + V.Create(2f)), z = s * s;
        V p = V.FusedMultiplyAdd(V.Create(2f / 15), z, V.Create(2f / 13));
        p = V.FusedMultiplyAdd(p, z, V.Create(2f / 11));
        p = V.FusedMultiplyAdd(p, z, V.Create(2f / 9));
        p = V.FusedMultiplyAdd(p, z, V.Create(2f / 7));
        p = V.FusedMultiplyAdd(p, z, V.Create(2f / 5));
        p = V.FusedMultiplyAdd(p, z, V.Create(2f / 3));
        return V.FusedMultiplyAdd(p * z, s, s + s);
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : unmanaged, ILanes<V> => V.Create(1f) / (V.Create(1f) + V.Exp(-x));

    /// <summary>ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x) where V : unmanaged, ILanes<V> => V.Max(V.Create(0f), x) + Log1p(V.ExpOfNegative(-V.Abs(x)));

    /// <summary>ln(1 + e^x), and its derivative 1 / (1 + e^-x), from one exponential.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x, out V derivative) where V : unmanaged, ILanes<V>
    {
        V one = V.Create(1f), zero = V.Create(0f), u = V.ExpOfNegative(-V.Abs(x));
        derivative = V.Select(V.GreaterThan(zero, x), u, one) / (one + u);
        return V.Max(zero, x) + Log1p(u);
    }
}
