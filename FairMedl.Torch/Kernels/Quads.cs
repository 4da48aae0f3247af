using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FairMedl.Torch.Kernels;

/// <summary>Four by four floats between rows of vectors and columns of memory.</summary>
internal static unsafe class Quads
{
    /// <summary>Element j of the four vectors goes to column j, for up to <paramref name="columns"/> columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTransposed(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, float* to, long stride, int columns)
    {
        if (columns <= 0) return;
        Transpose(ref a, ref b, ref c, ref d);
        Vector128.Store(a, to);
        if (columns > 1) Vector128.Store(b, to + stride);
        if (columns > 2) Vector128.Store(c, to + 2 * stride);
        if (columns > 3) Vector128.Store(d, to + 3 * stride);
    }

    /// <summary>Element j of the four vectors comes from column j, and is 0 from <paramref name="columns"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadTransposed(float* from, long stride, int columns, out Vector128<float> a, out Vector128<float> b, out Vector128<float> c, out Vector128<float> d)
    {
        a = columns > 0 ? Vector128.Load(from) : Vector128<float>.Zero;
        b = columns > 1 ? Vector128.Load(from + stride) : Vector128<float>.Zero;
        c = columns > 2 ? Vector128.Load(from + 2 * stride) : Vector128<float>.Zero;
        d = columns > 3 ? Vector128.Load(from + 3 * stride) : Vector128<float>.Zero;
        Transpose(ref a, ref b, ref c, ref d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector128<float> a, ref Vector128<float> b, ref Vector128<float> c, ref Vector128<float> d)
    {
        if (Sse.IsSupported)
        {
            Vector128<float> ab = Sse.UnpackLow(a, b), abHigh = Sse.UnpackHigh(a, b), cd = Sse.UnpackLow(c, d), cdHigh = Sse.UnpackHigh(c, d);
            a = Sse.MoveLowToHigh(ab, cd);
            b = Sse.MoveHighToLow(cd, ab);
            c = Sse.MoveLowToHigh(abHigh, cdHigh);
            d = Sse.MoveHighToLow(cdHigh, abHigh);
            return;
        }

        Vector128<float> a0 = a, b0 = b, c0 = c, d0 = d;
        a = Vector128.Create(a0[0], b0[0], c0[0], d0[0]);
        b = Vector128.Create(a0[1], b0[1], c0[1], d0[1]);
        c = Vector128.Create(a0[2], b0[2], c0[2], d0[2]);
        d = Vector128.Create(a0[3], b0[3], c0[3], d0[3]);
    }
}
