using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FairMedl.Torch.Kernels;

/// <summary>
/// exp and log by range reduction and the minimax polynomials of Moshier's Cephes library. They are written once for each
/// vector type, not over <see cref="ILanes{V}"/>: as one chain of hardware operations they stay inside the compiler's
/// inlining budget, without which a kernel with both runs three times slower.
/// </summary>
internal partial struct Lanes256
{
    /// <summary>e^x = 2^n e^r, with n the integer nearest to x / ln 2 and |r| at most ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Exp(Lanes256 a)
    {
        Vector256<float> x = a.lanes, highest = Vector256.Create(88.72283f), lowest = Vector256.Create(-86.6f);
        Vector256<float> limited = Vector256.MaxNative(lowest, Vector256.MinNative(highest, x));
        Vector256<float> p = Reduced(limited, out Vector256<float> n);

        // 2^n as 2 times 2^(n - 1): n reaches 128, which is no exponent of a float.
        Vector256<float> power = Vector256.ShiftLeft(Vector256.ConvertToInt32Native(n) + Vector256.Create(126), 23).AsSingle();
        Vector256<float> y = (p + p) * power;
        y = Vector256.ConditionalSelect(Vector256.GreaterThan(x, highest), Vector256.Create(float.PositiveInfinity), y);
        return new(Vector256.AndNot(y, Vector256.GreaterThan(lowest, x)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ExpOfNegative(Lanes256 a)
    {
        Vector256<float> lowest = Vector256.Create(-86.6f), p = Reduced(Vector256.MaxNative(lowest, a.lanes), out Vector256<float> n);
        Vector256<float> y = p * Vector256.ShiftLeft(Vector256.ConvertToInt32Native(n) + Vector256.Create(127), 23).AsSingle();
        return new(Vector256.AndNot(y, Vector256.GreaterThan(lowest, a.lanes)));
    }

    /// <summary>ln x = e ln 2 + ln m, with m in [sqrt(1/2), sqrt(2)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Log(Lanes256 a)
    {
        Vector256<float> x = a.lanes, one = Vector256<float>.One, tiny = Vector256.LessThan(x, Vector256.Create(1.17549435e-38f));
        Vector256<int> bits = Vector256.ConditionalSelect(tiny, x * Vector256.Create(8388608f), x).AsInt32();
        Vector256<float> e = Vector256.ConvertToSingle(Vector256.ShiftRightLogical(bits, 23) - Vector256.Create(126)) - (tiny & Vector256.Create(23f));
        Vector256<float> m = ((bits & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F000000)).AsSingle();
        Vector256<float> low = Vector256.LessThan(m, Vector256.Create(0.707106781186547524f));
        e -= low & one;
        m = m - one + (low & m);
        Vector256<float> z = m * m;
        Vector256<float> p = Vector256.FusedMultiplyAdd(Vector256.Create(7.0376836292e-2f), m, Vector256.Create(-1.1514610310e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, Vector256.Create(1.1676998740e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, Vector256.Create(-1.2420140846e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, Vector256.Create(1.4249322787e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, Vector256.Create(-1.6668057665e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, Vector256.Create(2.0000714765e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, Vector256.Create(-2.4999993993e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, Vector256.Create(3.3333331174e-1f));
        Vector256<float> y = p * m * z;
        y = Vector256.FusedMultiplyAdd(e, Vector256.Create(-2.12194440e-4f), y);
        y = Vector256.FusedMultiplyAdd(z, Vector256.Create(-0.5f), y);
        y = Vector256.FusedMultiplyAdd(e, Vector256.Create(0.693359375f), m + y);

        // Outside (0, infinity): infinity and NaN as they are, -infinity at 0, NaN below.
        Vector256<float> inside = Vector256.GreaterThan(x, Vector256<float>.Zero) & Vector256.LessThan(x, Vector256.Create(float.PositiveInfinity));
        Vector256<float> outside = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<float>.Zero), Vector256.Create(float.NegativeInfinity), Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256.Create(float.NaN), x));
        return new(Vector256.ConditionalSelect(inside, y, outside));
    }

    /// <summary>e^r, and the n of x = n ln 2 + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Reduced(Vector256<float> limited, out Vector256<float> n)
    {
        n = Vector256.Round(limited * Vector256.Create(1.44269504088896341f));
        Vector256<float> r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693359375f), limited);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(2.12194440e-4f), r);
        Vector256<float> p = Vector256.FusedMultiplyAdd(Vector256.Create(1.9875691500e-4f), r, Vector256.Create(1.3981999507e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(8.3334519073e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(4.1665795894e-2f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.6666665459e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(5.0000001201e-1f));
        return Vector256.FusedMultiplyAdd(p, r * r, r + Vector256<float>.One);
    }
}
