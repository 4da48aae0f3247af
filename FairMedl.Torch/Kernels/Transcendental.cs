using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>
/// exp, log and what follows from them, to about two units in the last place, by range reduction and the minimax
/// polynomials of Moshier's Cephes library. Infinities and NaN follow IEEE; results under 2.5e-38 become 0.
/// </summary>
internal static class Transcendental
{
    private const float Smallest = 1.17549435e-38f;

    /// <summary>e^x = 2^n e^r, with n the integer nearest to x / ln 2 and |r| at most ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : unmanaged, ILanes<V>
    {
        V highest = V.Create(88.72283f), lowest = V.Create(-86.6f);
        V limited = V.Max(lowest, V.Min(highest, x));
        V n = V.Round(limited * V.Create(1.44269504088896341f));
        V r = V.FusedMultiplyAdd(n, V.Create(-0.693359375f), limited);
        r = V.FusedMultiplyAdd(n, V.Create(2.12194440e-4f), r);
        V p = V.FusedMultiplyAdd(V.Create(1.9875691500e-4f), r, V.Create(1.3981999507e-3f));
        p = V.FusedMultiplyAdd(p, r, V.Create(8.3334519073e-3f));
        p = V.FusedMultiplyAdd(p, r, V.Create(4.1665795894e-2f));
        p = V.FusedMultiplyAdd(p, r, V.Create(1.6666665459e-1f));
        p = V.FusedMultiplyAdd(p, r, V.Create(5.0000001201e-1f));
        p = V.FusedMultiplyAdd(p, r * r, r) + V.Create(1f);
        // 2^n in two factors: n reaches 128, which is no exponent of a float.
        V y = p * V.Create(2f) * V.PowerOfTwo(n - V.Create(1f));
        y = V.Select(V.GreaterThan(x, highest), V.Create(float.PositiveInfinity), y);
        return V.Select(V.GreaterThan(lowest, x), V.Create(0f), y);
    }

    /// <summary>ln x = e ln 2 + ln m, with m in [sqrt(1/2), sqrt(2)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : unmanaged, ILanes<V>
    {
        V one = V.Create(1f), tiny = V.GreaterThan(V.Create(Smallest), x);
        V normal = V.Select(tiny, x * V.Create(8388608f), x);
        V e = V.Exponent(normal) - V.And(tiny, V.Create(23f)), m = V.Mantissa(normal);
        V low = V.GreaterThan(V.Create(0.707106781186547524f), m);
        e -= V.And(low, one);
        m = m - one + V.And(low, m);
        V z = m * m;
        V p = V.FusedMultiplyAdd(V.Create(7.0376836292e-2f), m, V.Create(-1.1514610310e-1f));
        p = V.FusedMultiplyAdd(p, m, V.Create(1.1676998740e-1f));
        p = V.FusedMultiplyAdd(p, m, V.Create(-1.2420140846e-1f));
        p = V.FusedMultiplyAdd(p, m, V.Create(1.4249322787e-1f));
        p = V.FusedMultiplyAdd(p, m, V.Create(-1.6668057665e-1f));
        p = V.FusedMultiplyAdd(p, m, V.Create(2.0000714765e-1f));
        p = V.FusedMultiplyAdd(p, m, V.Create(-2.4999993993e-1f));
        p = V.FusedMultiplyAdd(p, m, V.Create(3.3333331174e-1f));
        V y = p * m * z;
        y = V.FusedMultiplyAdd(e, V.Create(-2.12194440e-4f), y);
        y = V.FusedMultiplyAdd(z, V.Create(-0.5f), y);
        y = V.FusedMultiplyAdd(e, V.Create(0.693359375f), m + y);
        V infinity = V.Create(float.PositiveInfinity), zero = V.Create(0f);
        y = V.Select(V.Equal(x, infinity), infinity, y);
        y = V.Select(V.Equal(x, zero), V.Create(float.NegativeInfinity), y);
        y = V.Select(V.GreaterThan(zero, x), V.Create(float.NaN), y);
        return V.Select(V.Equal(x, x), y, x);
    }

    /// <summary>ln(1 + u) for u in [0, 1], exact to rounding for small u too: u ln(w) / (w - 1) with w = 1 + u rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V>(V u) where V : unmanaged, ILanes<V>
    {
        V w = u + V.Create(1f), rounded = w - V.Create(1f), none = V.Equal(rounded, V.Create(0f));
        return V.Select(none, u, Log(w) * u / V.Select(none, V.Create(1f), rounded));
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : unmanaged, ILanes<V> => V.Create(1f) / (V.Create(1f) + Exp(-x));

    /// <summary>ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x) where V : unmanaged, ILanes<V> => V.Max(V.Create(0f), x) + Log1p(Exp(-V.Abs(x)));
}
