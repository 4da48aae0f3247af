using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FairMedl.Torch.Kernels;

internal abstract unsafe partial class Kernel
{
    /// <summary>
    /// w (+)= x^T g: x [rows, k] and g [rows, n] column-major, w [k, n] with any strides. The sum runs over the rows, so
    /// over the lanes; rows of the padding are excluded.
    /// </summary>
    public abstract void ProductGradient(nint x, int strideX, int k, nint g, int strideG, int n, int rows, nint w, int strideK, int strideN, bool accumulate);
}

/// <summary>
/// The weights' gradient in register tiles of columns of x by columns of g, whose lanes are summed at the end; in the same
/// order in every tile of four or more of both.
/// </summary>
internal sealed unsafe partial class Kernel<V>
{
    /// <summary>Rows at a time: the columns of g that a strip reads over and over then stay in the first cache.</summary>
    private const int RowBlock = 1024;

    public override void ProductGradient(nint x, int strideX, int k, nint g, int strideG, int n, int rows, nint w, int strideK, int strideN, bool accumulate)
    {
        int row = 0;
        do
        {
            int length = Math.Min(RowBlock, rows - row);
            float* xs = (float*)x + row, gs = (float*)g + row;
            for (int j = 0; j < n;)
            {
                int width = StripWidth(n - j);
                float* to = (float*)w + (long)j * strideN, from = gs + (long)j * strideG;
                if (width == 6) Strip6(xs, strideX, k, from, strideG, length, to, strideK, strideN, accumulate || row > 0);
                else if (width == 5) Strip5(xs, strideX, k, from, strideG, length, to, strideK, strideN, accumulate || row > 0);
                else if (width == 4) Strip4(xs, strideX, k, from, strideG, length, to, strideK, strideN, accumulate || row > 0);
                else Strip1(xs, strideX, k, from, strideG, length, to, strideK, strideN, accumulate || row > 0);
                j += width;
            }

            row += RowBlock;
        }
        while (row < rows);
    }

    /// <summary>
    /// With 16 registers two by six sums and their operands fit, or three by four; with 32 five by five, or six by four where
    /// fives alone would leave a column over.
    /// </summary>
    private static int StripWidth(int columns)
    {
        if (V.Width == Layout.Line && columns % 5 == 0) return 5;
        return V.Width != Layout.Line && (columns >= 10 || columns is 6 or 7) ? 6 : columns >= 4 ? 4 : 1;
    }

    private static void Strip5(float* x, long sx, int k, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        int i = 0;
        for (; i <= k - 5; i += 5) Dot5x5(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
        for (; i < k; i++) Dot1x5(x + i * sx, g, sg, rows, w + (long)i * sk, sn, accumulate);
    }

    private static void Strip6(float* x, long sx, int k, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        int i = 0;
        for (; i <= k - 2; i += 2) Dot2x6(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
        if (i == k) return;
        Dot1x4(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
        for (int j = 4; j < 6; j++) Dot1x1(x + i * sx, sx, g + j * sg, sg, rows, w + (long)i * sk + (long)j * sn, sk, sn, accumulate);
    }

    private static void Strip4(float* x, long sx, int k, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        int i = 0;
        if (V.Width == Layout.Line) for (; i <= k - 6; i += 6) Dot6x4(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
        for (; i <= k - 3; i += 3) Dot3x4(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
        for (; i < k; i++) Dot1x4(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
    }

    private static void Strip1(float* x, long sx, int k, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        int i = 0;
        for (; i <= k - 6; i += 6) Dot6x1(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
        for (; i < k; i++) Dot1x1(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* at, float value, bool accumulate) => *at = accumulate ? *at + value : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* at, long stride, Vector128<float> values, bool accumulate)
    {
        Put(at, values.GetElement(0), accumulate);
        Put(at + stride, values.GetElement(1), accumulate);
        Put(at + 2 * stride, values.GetElement(2), accumulate);
        Put(at + 3 * stride, values.GetElement(3), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot5x5(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a04 = default, a10 = default, a11 = default, a12 = default, a13 = default, a14 = default, a20 = default, a21 = default, a22 = default, a23 = default, a24 = default, a30 = default, a31 = default, a32 = default, a33 = default, a34 = default, a40 = default, a41 = default, a42 = default, a43 = default, a44 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row), g1 = V.Load(g + row + sg), g2 = V.Load(g + row + 2 * sg), g3 = V.Load(g + row + 3 * sg), g4 = V.Load(g + row + 4 * sg);
            V x0 = V.Load(x + row);
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a04, x0, g4);
            V x1 = V.Load(x + row + sx);
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V.AddProduct(ref a14, x1, g4);
            V x2 = V.Load(x + row + 2 * sx);
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V.AddProduct(ref a24, x2, g4);
            V x3 = V.Load(x + row + 3 * sx);
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
            V.AddProduct(ref a34, x3, g4);
            V x4 = V.Load(x + row + 4 * sx);
            V.AddProduct(ref a40, x4, g0);
            V.AddProduct(ref a41, x4, g1);
            V.AddProduct(ref a42, x4, g2);
            V.AddProduct(ref a43, x4, g3);
            V.AddProduct(ref a44, x4, g4);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row)), g1 = V.And(mask, V.Load(g + row + sg)), g2 = V.And(mask, V.Load(g + row + 2 * sg)), g3 = V.And(mask, V.Load(g + row + 3 * sg)), g4 = V.And(mask, V.Load(g + row + 4 * sg));
            V x0 = V.And(mask, V.Load(x + row));
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a04, x0, g4);
            V x1 = V.And(mask, V.Load(x + row + sx));
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V.AddProduct(ref a14, x1, g4);
            V x2 = V.And(mask, V.Load(x + row + 2 * sx));
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V.AddProduct(ref a24, x2, g4);
            V x3 = V.And(mask, V.Load(x + row + 3 * sx));
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
            V.AddProduct(ref a34, x3, g4);
            V x4 = V.And(mask, V.Load(x + row + 4 * sx));
            V.AddProduct(ref a40, x4, g0);
            V.AddProduct(ref a41, x4, g1);
            V.AddProduct(ref a42, x4, g2);
            V.AddProduct(ref a43, x4, g3);
            V.AddProduct(ref a44, x4, g4);
        }

        Put(w, sn, V.Sum(a00, a01, a02, a03), accumulate);
        Put(w + sk, sn, V.Sum(a10, a11, a12, a13), accumulate);
        Put(w + 2 * sk, sn, V.Sum(a20, a21, a22, a23), accumulate);
        Put(w + 3 * sk, sn, V.Sum(a30, a31, a32, a33), accumulate);
        Put(w + 4 * sk, sn, V.Sum(a40, a41, a42, a43), accumulate);
        Put(w + 4 * sn, sk, V.Sum(a04, a14, a24, a34), accumulate);
        Put(w + 4 * sk + 4 * sn, V.Sum(a44, a44, a44, a44).ToScalar(), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot1x5(float* x, float* g, long sg, int rows, float* w, int sn, bool accumulate)
    {
        V a0 = default, a1 = default, a2 = default, a3 = default, a4 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V x0 = V.Load(x + row);
            V.AddProduct(ref a0, x0, V.Load(g + row));
            V.AddProduct(ref a1, x0, V.Load(g + row + sg));
            V.AddProduct(ref a2, x0, V.Load(g + row + 2 * sg));
            V.AddProduct(ref a3, x0, V.Load(g + row + 3 * sg));
            V.AddProduct(ref a4, x0, V.Load(g + row + 4 * sg));
        }

        if (row < rows)
        {
            V mask = V.First(rows - row), x0 = V.And(mask, V.Load(x + row));
            V.AddProduct(ref a0, x0, V.And(mask, V.Load(g + row)));
            V.AddProduct(ref a1, x0, V.And(mask, V.Load(g + row + sg)));
            V.AddProduct(ref a2, x0, V.And(mask, V.Load(g + row + 2 * sg)));
            V.AddProduct(ref a3, x0, V.And(mask, V.Load(g + row + 3 * sg)));
            V.AddProduct(ref a4, x0, V.And(mask, V.Load(g + row + 4 * sg)));
        }

        Put(w, sn, V.Sum(a0, a1, a2, a3), accumulate);
        Put(w + 4 * sn, V.Sum(a4, a4, a4, a4).ToScalar(), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot6x4(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a10 = default, a11 = default, a12 = default, a13 = default, a20 = default, a21 = default, a22 = default, a23 = default, a30 = default, a31 = default, a32 = default, a33 = default, a40 = default, a41 = default, a42 = default, a43 = default, a50 = default, a51 = default, a52 = default, a53 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V g0 = V.Load(g + row), g1 = V.Load(g + row + sg), g2 = V.Load(g + row + 2 * sg), g3 = V.Load(g + row + 3 * sg);
            V x0 = V.Load(x + row);
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V x1 = V.Load(x + row + sx);
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V x2 = V.Load(x + row + 2 * sx);
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V x3 = V.Load(x + row + 3 * sx);
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
            V x4 = V.Load(x + row + 4 * sx);
            V.AddProduct(ref a40, x4, g0);
            V.AddProduct(ref a41, x4, g1);
            V.AddProduct(ref a42, x4, g2);
            V.AddProduct(ref a43, x4, g3);
            V x5 = V.Load(x + row + 5 * sx);
            V.AddProduct(ref a50, x5, g0);
            V.AddProduct(ref a51, x5, g1);
            V.AddProduct(ref a52, x5, g2);
            V.AddProduct(ref a53, x5, g3);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row)), g1 = V.And(mask, V.Load(g + row + sg)), g2 = V.And(mask, V.Load(g + row + 2 * sg)), g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V x0 = V.And(mask, V.Load(x + row));
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a03, x0, g3);
            V x1 = V.And(mask, V.Load(x + row + sx));
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a13, x1, g3);
            V x2 = V.And(mask, V.Load(x + row + 2 * sx));
            V.AddProduct(ref a20, x2, g0);
            V.AddProduct(ref a21, x2, g1);
            V.AddProduct(ref a22, x2, g2);
            V.AddProduct(ref a23, x2, g3);
            V x3 = V.And(mask, V.Load(x + row + 3 * sx));
            V.AddProduct(ref a30, x3, g0);
            V.AddProduct(ref a31, x3, g1);
            V.AddProduct(ref a32, x3, g2);
            V.AddProduct(ref a33, x3, g3);
            V x4 = V.And(mask, V.Load(x + row + 4 * sx));
            V.AddProduct(ref a40, x4, g0);
            V.AddProduct(ref a41, x4, g1);
            V.AddProduct(ref a42, x4, g2);
            V.AddProduct(ref a43, x4, g3);
            V x5 = V.And(mask, V.Load(x + row + 5 * sx));
            V.AddProduct(ref a50, x5, g0);
            V.AddProduct(ref a51, x5, g1);
            V.AddProduct(ref a52, x5, g2);
            V.AddProduct(ref a53, x5, g3);
        }

        Put(w, sn, V.Sum(a00, a01, a02, a03), accumulate);
        Put(w + sk, sn, V.Sum(a10, a11, a12, a13), accumulate);
        Put(w + 2 * sk, sn, V.Sum(a20, a21, a22, a23), accumulate);
        Put(w + 3 * sk, sn, V.Sum(a30, a31, a32, a33), accumulate);
        Put(w + 4 * sk, sn, V.Sum(a40, a41, a42, a43), accumulate);
        Put(w + 5 * sk, sn, V.Sum(a50, a51, a52, a53), accumulate);
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
            V.AddProduct(ref a00, x0, g0);
            V x1 = V.Load(x + row + sx);
            V.AddProduct(ref a10, x1, g0);
            V x2 = V.Load(x + row + 2 * sx);
            V.AddProduct(ref a20, x2, g0);
            V x3 = V.Load(x + row + 3 * sx);
            V.AddProduct(ref a30, x3, g0);
            V x4 = V.Load(x + row + 4 * sx);
            V.AddProduct(ref a40, x4, g0);
            V x5 = V.Load(x + row + 5 * sx);
            V.AddProduct(ref a50, x5, g0);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V g0 = V.And(mask, V.Load(g + row));
            V x0 = V.And(mask, V.Load(x + row));
            V.AddProduct(ref a00, x0, g0);
            V x1 = V.And(mask, V.Load(x + row + sx));
            V.AddProduct(ref a10, x1, g0);
            V x2 = V.And(mask, V.Load(x + row + 2 * sx));
            V.AddProduct(ref a20, x2, g0);
            V x3 = V.And(mask, V.Load(x + row + 3 * sx));
            V.AddProduct(ref a30, x3, g0);
            V x4 = V.And(mask, V.Load(x + row + 4 * sx));
            V.AddProduct(ref a40, x4, g0);
            V x5 = V.And(mask, V.Load(x + row + 5 * sx));
            V.AddProduct(ref a50, x5, g0);
        }

        Put(w, V.Sum(a00), accumulate);
        Put(w + sk, V.Sum(a10), accumulate);
        Put(w + 2 * sk, V.Sum(a20), accumulate);
        Put(w + 3 * sk, V.Sum(a30), accumulate);
        Put(w + 4 * sk, V.Sum(a40), accumulate);
        Put(w + 5 * sk, V.Sum(a50), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot2x6(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a04 = default, a05 = default, a10 = default, a11 = default, a12 = default, a13 = default, a14 = default, a15 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V x0 = V.Load(x + row), x1 = V.Load(x + row + sx);
            V g0 = V.Load(g + row);
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a10, x1, g0);
            V g1 = V.Load(g + row + sg);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a11, x1, g1);
            V g2 = V.Load(g + row + 2 * sg);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a12, x1, g2);
            V g3 = V.Load(g + row + 3 * sg);
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a13, x1, g3);
            V g4 = V.Load(g + row + 4 * sg);
            V.AddProduct(ref a04, x0, g4);
            V.AddProduct(ref a14, x1, g4);
            V g5 = V.Load(g + row + 5 * sg);
            V.AddProduct(ref a05, x0, g5);
            V.AddProduct(ref a15, x1, g5);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V x0 = V.And(mask, V.Load(x + row)), x1 = V.And(mask, V.Load(x + row + sx));
            V g0 = V.And(mask, V.Load(g + row));
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a10, x1, g0);
            V g1 = V.And(mask, V.Load(g + row + sg));
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a11, x1, g1);
            V g2 = V.And(mask, V.Load(g + row + 2 * sg));
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a12, x1, g2);
            V g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a13, x1, g3);
            V g4 = V.And(mask, V.Load(g + row + 4 * sg));
            V.AddProduct(ref a04, x0, g4);
            V.AddProduct(ref a14, x1, g4);
            V g5 = V.And(mask, V.Load(g + row + 5 * sg));
            V.AddProduct(ref a05, x0, g5);
            V.AddProduct(ref a15, x1, g5);
        }

        Put(w, sn, V.Sum(a00, a01, a02, a03), accumulate);
        Put(w + sk, sn, V.Sum(a10, a11, a12, a13), accumulate);
        Vector128<float> rest = V.Sum(a04, a05, a14, a15);
        Put(w + 4 * sn, rest.GetElement(0), accumulate);
        Put(w + 5 * sn, rest.GetElement(1), accumulate);
        Put(w + sk + 4 * sn, rest.GetElement(2), accumulate);
        Put(w + sk + 5 * sn, rest.GetElement(3), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot3x4(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a10 = default, a11 = default, a12 = default, a13 = default, a20 = default, a21 = default, a22 = default, a23 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V x0 = V.Load(x + row), x1 = V.Load(x + row + sx), x2 = V.Load(x + row + 2 * sx);
            V g0 = V.Load(g + row);
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a20, x2, g0);
            V g1 = V.Load(g + row + sg);
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a21, x2, g1);
            V g2 = V.Load(g + row + 2 * sg);
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a22, x2, g2);
            V g3 = V.Load(g + row + 3 * sg);
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a13, x1, g3);
            V.AddProduct(ref a23, x2, g3);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V x0 = V.And(mask, V.Load(x + row)), x1 = V.And(mask, V.Load(x + row + sx)), x2 = V.And(mask, V.Load(x + row + 2 * sx));
            V g0 = V.And(mask, V.Load(g + row));
            V.AddProduct(ref a00, x0, g0);
            V.AddProduct(ref a10, x1, g0);
            V.AddProduct(ref a20, x2, g0);
            V g1 = V.And(mask, V.Load(g + row + sg));
            V.AddProduct(ref a01, x0, g1);
            V.AddProduct(ref a11, x1, g1);
            V.AddProduct(ref a21, x2, g1);
            V g2 = V.And(mask, V.Load(g + row + 2 * sg));
            V.AddProduct(ref a02, x0, g2);
            V.AddProduct(ref a12, x1, g2);
            V.AddProduct(ref a22, x2, g2);
            V g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V.AddProduct(ref a03, x0, g3);
            V.AddProduct(ref a13, x1, g3);
            V.AddProduct(ref a23, x2, g3);
        }

        Put(w, sn, V.Sum(a00, a01, a02, a03), accumulate);
        Put(w + sk, sn, V.Sum(a10, a11, a12, a13), accumulate);
        Put(w + 2 * sk, sn, V.Sum(a20, a21, a22, a23), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot1x4(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V x0 = V.Load(x + row);
            V g0 = V.Load(g + row);
            V.AddProduct(ref a00, x0, g0);
            V g1 = V.Load(g + row + sg);
            V.AddProduct(ref a01, x0, g1);
            V g2 = V.Load(g + row + 2 * sg);
            V.AddProduct(ref a02, x0, g2);
            V g3 = V.Load(g + row + 3 * sg);
            V.AddProduct(ref a03, x0, g3);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V x0 = V.And(mask, V.Load(x + row));
            V g0 = V.And(mask, V.Load(g + row));
            V.AddProduct(ref a00, x0, g0);
            V g1 = V.And(mask, V.Load(g + row + sg));
            V.AddProduct(ref a01, x0, g1);
            V g2 = V.And(mask, V.Load(g + row + 2 * sg));
            V.AddProduct(ref a02, x0, g2);
            V g3 = V.And(mask, V.Load(g + row + 3 * sg));
            V.AddProduct(ref a03, x0, g3);
        }

        Put(w, sn, V.Sum(a00, a01, a02, a03), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot1x1(float* x, long sx, float* g, long sg, int rows, float* w, int sk, int sn, bool accumulate)
    {
        V a00 = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
        {
            V x0 = V.Load(x + row);
            V g0 = V.Load(g + row);
            V.AddProduct(ref a00, x0, g0);
        }

        if (row < rows)
        {
            V mask = V.First(rows - row);
            V x0 = V.And(mask, V.Load(x + row));
            V g0 = V.And(mask, V.Load(g + row));
            V.AddProduct(ref a00, x0, g0);
        }

        Put(w, V.Sum(a00), accumulate);
    }
}
