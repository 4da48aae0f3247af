using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

internal abstract unsafe partial class Kernel
{
    /// <summary>
    /// w (+)= x^T g: x [rows, k] and g [rows, n] column-major, w [k, n] with any strides. The sum runs over the rows, so
    /// over the lanes; rows of the padding are excluded.
    /// </summary>
    public abstract void ProductGradient(nint x, int strideX, int k, nint g, int strideG, int n, int rows, nint w, int strideK, int strideN, bool accumulate);
}

/// <summary>The weights' gradient in register tiles of columns of x by columns of g, whose lanes are summed at the end.</summary>
internal sealed unsafe partial class Kernel<V>
{
    public override void ProductGradient(nint x, int strideX, int k, nint g, int strideG, int n, int rows, nint w, int strideK, int strideN, bool accumulate)
    {
        float* xs = (float*)x, gs = (float*)g, ws = (float*)w;
        int i = 0, high = V.Width == Layout.Line ? 6 : 2;
        if (high == 6)
            for (; i <= k - 6; i += 6) Strip6(xs + (long)i * strideX, strideX, gs, strideG, n, rows, ws + (long)i * strideK, strideK, strideN, accumulate);
        for (; i <= k - 2; i += 2) Strip2(xs + (long)i * strideX, strideX, gs, strideG, n, rows, ws + (long)i * strideK, strideK, strideN, accumulate);
        if (i < k) Strip1(xs + (long)i * strideX, strideX, gs, strideG, n, rows, ws + (long)i * strideK, strideK, strideN, accumulate);
    }

    private static void Strip6(float* x, long sx, float* g, long sg, int n, int rows, float* w, int sk, int sn, bool accumulate)
    {
        int j = 0;
        for (; j <= n - 4; j += 4) Dot6x4(x, sx, g + j * sg, sg, rows, w + (long)j * sn, sk, sn, accumulate);
        for (; j < n; j++) Dot6x1(x, sx, g + j * sg, sg, rows, w + (long)j * sn, sk, sn, accumulate);
    }

    private static void Strip2(float* x, long sx, float* g, long sg, int n, int rows, float* w, int sk, int sn, bool accumulate)
    {
        int j = 0;
        for (; j <= n - 4; j += 4) Dot2x4(x, sx, g + j * sg, sg, rows, w + (long)j * sn, sk, sn, accumulate);
        for (; j < n; j++) Dot2x1(x, sx, g + j * sg, sg, rows, w + (long)j * sn, sk, sn, accumulate);
    }

    private static void Strip1(float* x, long sx, float* g, long sg, int n, int rows, float* w, int sk, int sn, bool accumulate)
    {
        int j = 0;
        for (; j <= n - 4; j += 4) Dot1x4(x, sx, g + j * sg, sg, rows, w + (long)j * sn, sk, sn, accumulate);
        for (; j < n; j++) Dot1x1(x, sx, g + j * sg, sg, rows, w + (long)j * sn, sk, sn, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* at, float value, bool accumulate) => *at = accumulate ? *at + value : value;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot6x4(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a10 = default, a11 = default, a12 = default, a13 = default, a20 = default, a21 = default, a22 = default, a23 = default, a30 = default, a31 = default, a32 = default, a33 = default, a40 = default, a41 = default, a42 = default, a43 = default, a50 = default, a51 = default, a52 = default, a53 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row), g1 = V.Load(g + row + sg), g2 = V.Load(g + row + 2 * sg), g3 = V.Load(g + row + 3 * sg);
            V x0 = V.Load(x + row);
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
            a01 = V.FusedMultiplyAdd(x0, g1, a01);
            a02 = V.FusedMultiplyAdd(x0, g2, a02);
            a03 = V.FusedMultiplyAdd(x0, g3, a03);
            V x1 = V.Load(x + row + sx);
            a10 = V.FusedMultiplyAdd(x1, g0, a10);
            a11 = V.FusedMultiplyAdd(x1, g1, a11);
            a12 = V.FusedMultiplyAdd(x1, g2, a12);
            a13 = V.FusedMultiplyAdd(x1, g3, a13);
            V x2 = V.Load(x + row + 2 * sx);
            a20 = V.FusedMultiplyAdd(x2, g0, a20);
            a21 = V.FusedMultiplyAdd(x2, g1, a21);
            a22 = V.FusedMultiplyAdd(x2, g2, a22);
            a23 = V.FusedMultiplyAdd(x2, g3, a23);
            V x3 = V.Load(x + row + 3 * sx);
            a30 = V.FusedMultiplyAdd(x3, g0, a30);
            a31 = V.FusedMultiplyAdd(x3, g1, a31);
            a32 = V.FusedMultiplyAdd(x3, g2, a32);
            a33 = V.FusedMultiplyAdd(x3, g3, a33);
            V x4 = V.Load(x + row + 4 * sx);
            a40 = V.FusedMultiplyAdd(x4, g0, a40);
            a41 = V.FusedMultiplyAdd(x4, g1, a41);
            a42 = V.FusedMultiplyAdd(x4, g2, a42);
            a43 = V.FusedMultiplyAdd(x4, g3, a43);
            V x5 = V.Load(x + row + 5 * sx);
            a50 = V.FusedMultiplyAdd(x5, g0, a50);
            a51 = V.FusedMultiplyAdd(x5, g1, a51);
            a52 = V.FusedMultiplyAdd(x5, g2, a52);
            a53 = V.FusedMultiplyAdd(x5, g3, a53);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row)), g1 = V.And(mask, V.Load(g + row + sg)), g2 = V.And(mask, V.Load(g + row + 2 * sg)), g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V x0 = V.And(mask, V.Load(x + row));
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
            a01 = V.FusedMultiplyAdd(x0, g1, a01);
            a02 = V.FusedMultiplyAdd(x0, g2, a02);
            a03 = V.FusedMultiplyAdd(x0, g3, a03);
            V x1 = V.And(mask, V.Load(x + row + sx));
            a10 = V.FusedMultiplyAdd(x1, g0, a10);
            a11 = V.FusedMultiplyAdd(x1, g1, a11);
            a12 = V.FusedMultiplyAdd(x1, g2, a12);
            a13 = V.FusedMultiplyAdd(x1, g3, a13);
            V x2 = V.And(mask, V.Load(x + row + 2 * sx));
            a20 = V.FusedMultiplyAdd(x2, g0, a20);
            a21 = V.FusedMultiplyAdd(x2, g1, a21);
            a22 = V.FusedMultiplyAdd(x2, g2, a22);
            a23 = V.FusedMultiplyAdd(x2, g3, a23);
            V x3 = V.And(mask, V.Load(x + row + 3 * sx));
            a30 = V.FusedMultiplyAdd(x3, g0, a30);
            a31 = V.FusedMultiplyAdd(x3, g1, a31);
            a32 = V.FusedMultiplyAdd(x3, g2, a32);
            a33 = V.FusedMultiplyAdd(x3, g3, a33);
            V x4 = V.And(mask, V.Load(x + row + 4 * sx));
            a40 = V.FusedMultiplyAdd(x4, g0, a40);
            a41 = V.FusedMultiplyAdd(x4, g1, a41);
            a42 = V.FusedMultiplyAdd(x4, g2, a42);
            a43 = V.FusedMultiplyAdd(x4, g3, a43);
            V x5 = V.And(mask, V.Load(x + row + 5 * sx));
            a50 = V.FusedMultiplyAdd(x5, g0, a50);
            a51 = V.FusedMultiplyAdd(x5, g1, a51);
            a52 = V.FusedMultiplyAdd(x5, g2, a52);
            a53 = V.FusedMultiplyAdd(x5, g3, a53);
        }

        Put(w, V.Sum(a00), accumulate);
        Put(w + sn, V.Sum(a01), accumulate);
        Put(w + 2 * sn, V.Sum(a02), accumulate);
        Put(w + 3 * sn, V.Sum(a03), accumulate);
        Put(w + sk, V.Sum(a10), accumulate);
        Put(w + sk + sn, V.Sum(a11), accumulate);
        Put(w + sk + 2 * sn, V.Sum(a12), accumulate);
        Put(w + sk + 3 * sn, V.Sum(a13), accumulate);
        Put(w + 2 * sk, V.Sum(a20), accumulate);
        Put(w + 2 * sk + sn, V.Sum(a21), accumulate);
        Put(w + 2 * sk + 2 * sn, V.Sum(a22), accumulate);
        Put(w + 2 * sk + 3 * sn, V.Sum(a23), accumulate);
        Put(w + 3 * sk, V.Sum(a30), accumulate);
        Put(w + 3 * sk + sn, V.Sum(a31), accumulate);
        Put(w + 3 * sk + 2 * sn, V.Sum(a32), accumulate);
        Put(w + 3 * sk + 3 * sn, V.Sum(a33), accumulate);
        Put(w + 4 * sk, V.Sum(a40), accumulate);
        Put(w + 4 * sk + sn, V.Sum(a41), accumulate);
        Put(w + 4 * sk + 2 * sn, V.Sum(a42), accumulate);
        Put(w + 4 * sk + 3 * sn, V.Sum(a43), accumulate);
        Put(w + 5 * sk, V.Sum(a50), accumulate);
        Put(w + 5 * sk + sn, V.Sum(a51), accumulate);
        Put(w + 5 * sk + 2 * sn, V.Sum(a52), accumulate);
        Put(w + 5 * sk + 3 * sn, V.Sum(a53), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot6x1(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a10 = default, a20 = default, a30 = default, a40 = default, a50 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row);
            V x0 = V.Load(x + row);
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
            V x1 = V.Load(x + row + sx);
            a10 = V.FusedMultiplyAdd(x1, g0, a10);
            V x2 = V.Load(x + row + 2 * sx);
            a20 = V.FusedMultiplyAdd(x2, g0, a20);
            V x3 = V.Load(x + row + 3 * sx);
            a30 = V.FusedMultiplyAdd(x3, g0, a30);
            V x4 = V.Load(x + row + 4 * sx);
            a40 = V.FusedMultiplyAdd(x4, g0, a40);
            V x5 = V.Load(x + row + 5 * sx);
            a50 = V.FusedMultiplyAdd(x5, g0, a50);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row));
            V x0 = V.And(mask, V.Load(x + row));
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
            V x1 = V.And(mask, V.Load(x + row + sx));
            a10 = V.FusedMultiplyAdd(x1, g0, a10);
            V x2 = V.And(mask, V.Load(x + row + 2 * sx));
            a20 = V.FusedMultiplyAdd(x2, g0, a20);
            V x3 = V.And(mask, V.Load(x + row + 3 * sx));
            a30 = V.FusedMultiplyAdd(x3, g0, a30);
            V x4 = V.And(mask, V.Load(x + row + 4 * sx));
            a40 = V.FusedMultiplyAdd(x4, g0, a40);
            V x5 = V.And(mask, V.Load(x + row + 5 * sx));
            a50 = V.FusedMultiplyAdd(x5, g0, a50);
        }

        Put(w, V.Sum(a00), accumulate);
        Put(w + sk, V.Sum(a10), accumulate);
        Put(w + 2 * sk, V.Sum(a20), accumulate);
        Put(w + 3 * sk, V.Sum(a30), accumulate);
        Put(w + 4 * sk, V.Sum(a40), accumulate);
        Put(w + 5 * sk, V.Sum(a50), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot2x4(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a10 = default, a11 = default, a12 = default, a13 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row), g1 = V.Load(g + row + sg), g2 = V.Load(g + row + 2 * sg), g3 = V.Load(g + row + 3 * sg);
            V x0 = V.Load(x + row);
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
            a01 = V.FusedMultiplyAdd(x0, g1, a01);
            a02 = V.FusedMultiplyAdd(x0, g2, a02);
            a03 = V.FusedMultiplyAdd(x0, g3, a03);
            V x1 = V.Load(x + row + sx);
            a10 = V.FusedMultiplyAdd(x1, g0, a10);
            a11 = V.FusedMultiplyAdd(x1, g1, a11);
            a12 = V.FusedMultiplyAdd(x1, g2, a12);
            a13 = V.FusedMultiplyAdd(x1, g3, a13);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row)), g1 = V.And(mask, V.Load(g + row + sg)), g2 = V.And(mask, V.Load(g + row + 2 * sg)), g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V x0 = V.And(mask, V.Load(x + row));
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
            a01 = V.FusedMultiplyAdd(x0, g1, a01);
            a02 = V.FusedMultiplyAdd(x0, g2, a02);
            a03 = V.FusedMultiplyAdd(x0, g3, a03);
            V x1 = V.And(mask, V.Load(x + row + sx));
            a10 = V.FusedMultiplyAdd(x1, g0, a10);
            a11 = V.FusedMultiplyAdd(x1, g1, a11);
            a12 = V.FusedMultiplyAdd(x1, g2, a12);
            a13 = V.FusedMultiplyAdd(x1, g3, a13);
        }

        Put(w, V.Sum(a00), accumulate);
        Put(w + sn, V.Sum(a01), accumulate);
        Put(w + 2 * sn, V.Sum(a02), accumulate);
        Put(w + 3 * sn, V.Sum(a03), accumulate);
        Put(w + sk, V.Sum(a10), accumulate);
        Put(w + sk + sn, V.Sum(a11), accumulate);
        Put(w + sk + 2 * sn, V.Sum(a12), accumulate);
        Put(w + sk + 3 * sn, V.Sum(a13), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot2x1(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a10 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row);
            V x0 = V.Load(x + row);
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
            V x1 = V.Load(x + row + sx);
            a10 = V.FusedMultiplyAdd(x1, g0, a10);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row));
            V x0 = V.And(mask, V.Load(x + row));
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
            V x1 = V.And(mask, V.Load(x + row + sx));
            a10 = V.FusedMultiplyAdd(x1, g0, a10);
        }

        Put(w, V.Sum(a00), accumulate);
        Put(w + sk, V.Sum(a10), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot1x4(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row), g1 = V.Load(g + row + sg), g2 = V.Load(g + row + 2 * sg), g3 = V.Load(g + row + 3 * sg);
            V x0 = V.Load(x + row);
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
            a01 = V.FusedMultiplyAdd(x0, g1, a01);
            a02 = V.FusedMultiplyAdd(x0, g2, a02);
            a03 = V.FusedMultiplyAdd(x0, g3, a03);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row)), g1 = V.And(mask, V.Load(g + row + sg)), g2 = V.And(mask, V.Load(g + row + 2 * sg)), g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V x0 = V.And(mask, V.Load(x + row));
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
            a01 = V.FusedMultiplyAdd(x0, g1, a01);
            a02 = V.FusedMultiplyAdd(x0, g2, a02);
            a03 = V.FusedMultiplyAdd(x0, g3, a03);
        }

        Put(w, V.Sum(a00), accumulate);
        Put(w + sn, V.Sum(a01), accumulate);
        Put(w + 2 * sn, V.Sum(a02), accumulate);
        Put(w + 3 * sn, V.Sum(a03), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot1x1(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row);
            V x0 = V.Load(x + row);
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row));
            V x0 = V.And(mask, V.Load(x + row));
            a00 = V.FusedMultiplyAdd(x0, g0, a00);
        }

        Put(w, V.Sum(a00), accumulate);
    }
}
