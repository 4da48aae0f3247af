using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FairMedl.Torch.Kernels;

/// <summary>
/// exp and log by range reduction and the minimax polynomials of Moshier's Cephes library. They are written once for each
/// vector type, not over <see cref="ILanes{V}"/>: as one chain of hardware operations they stay inside the compiler's
/// inlining budget, without which a kernel with both runs three times slower.
/// </summary>
internal partial struct Lanes512
{
    /// <summary>e^x = 2^n e^r, with n the integer nearest to x / ln 2 and |r| at most ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Exp(Lanes512 a)
    {
        Vector512<float> x = a.lanes, highest = Vector512.Create(88.72283f), lowest = Vector512.Create(-86.6f);
        Vector512<float> limited = Vector512.MaxNative(lowest, Vector512.MinNative(highest, x));
        Vector512<float> p = Reduced(limited, out Vector512<float> n);

        // 2^n as 2 times 2^(n - 1): n reaches 128, which is no exponent of a float.
        Vector512<float> power = Vector512.ShiftLeft(Vector512.ConvertToInt32Native(n) + Vector512.Create(126), 23).AsSingle();
        Vector512<float> y = (p + p) * power;
        y = Vector512.ConditionalSelect(Vector512.GreaterThan(x, highest), Vector512.Create(float.PositiveInfinity), y);
        return new(Vector512.AndNot(y, Vector512.GreaterThan(lowest, x)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ExpOfNegative(Lanes512 a)
    {
        Vector512<float> lowest = Vector512.Create(-86.6f), p = Reduced(Vector512.MaxNative(lowest, a.lanes), out Vector512<float> n);
        Vector512<float> y = p * Vector512.ShiftLeft(Vector512.ConvertToInt32Native(n) + Vector512.Create(127), 23).AsSingle();
        return new(Vector512.AndNot(y, Vector512.GreaterThan(lowest, a.lanes)));
    }

    /// <summary>ln x = e ln 2 + ln m, with m in [sqrt(1/2), sqrt(2)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Log(Lanes512 a)
    {
        Vector512<float> x = a.lanes, one = Vector512<float>.One, tiny = Vector512.LessThan(x, Vector512.Create(1.17549435e-38f));
        Vector512<int> bits = Vector512.ConditionalSelect(tiny, x * Vector512.Create(8388608f), x).AsInt32();
        Vector512<float> e = Vector512.ConvertToSingle(Vector512.ShiftRightLogical(bits, 23) - Vector512.Create(126)) - (tiny & Vector512.Create(23f));
        Vector512<float> m = ((bits & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F000000)).AsSingle();
        Vector512<float> low = Vector512.LessThan(m, Vector512.Create(0.707106781186547524f));
        e -= low & one;
        m = m - one + (low & m);
        Vector512<float> z = m * m;
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(7.0376836292e-2f), m, Vector512.Create(-1.1514610310e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(1.1676998740e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(-1.2420140846e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(1.4249322787e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(-1.6668057665e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(2.0000714765e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(-2.4999993993e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(3.3333331174e-1f));
        Vector512<float> y = p * m * z;
        y = Vector512.FusedMultiplyAdd(e, Vector512.Create(-2.12194440e-4f), y);
        y = Vector512.FusedMultiplyAdd(z, Vector512.Create(-0.5f), y);
        y = Vector512.FusedMultiplyAdd(e, Vector512.Create(0.693359375f), m + y);

        // Outside (0, infinity): infinity and NaN as they are, -infinity at 0, NaN below.
        Vector512<float> inside = Vector512.GreaterThan(x, Vector512<float>.Zero) & Vector512.LessThan(x, Vector512.Create(float.PositiveInfinity));
        Vector512<float> outside = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512.Create(float.NaN), x));
        return new(Vector512.ConditionalSelect(inside, y, outside));
    }

    /// <summary>e^r, and the n of x = n ln 2 + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Reduced(Vector512<float> limited, out Vector512<float> n)
    {
        n = Vector512.Round(limited * Vector512.Create(1.44269504088896341f));
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), limited);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(1.9875691500e-4f), r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        return Vector512.FusedMultiplyAdd(p, r * r, r + Vector512<float>.One);
    }
}
