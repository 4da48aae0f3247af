using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>
/// The weights' gradient as a sum of outer products, a row at a time, with the columns of g in the lanes: for layers so wide
/// that transposing g costs little. No lanes are summed, x is read once, and what is read over and over stays in the first cache.
/// </summary>
internal sealed unsafe partial class Kernel<V>
{
    /// <summary>Columns of g at a time, or half of them where fewer are left; and rows, whose sums are then added to those of the rows before.</summary>
    private const int OuterColumns = 64, OuterRows = 128;

    /// <summary>With fewer rows transposing costs more than it saves.</summary>
    private const int LeastOuterRows = 64;

    /// <summary>How many of g's n columns are taken this way; a table has room for those.</summary>
    private static int ColumnsOfOuterProducts(int n, int rows) => V.Width == Layout.Line && rows >= LeastOuterRows ? n & -(OuterColumns / 2) : 0;

    /// <summary>In the table, side by side for the columns at hand: the sums by column of x, those of the bias, the transposed rows.</summary>
    private static void OuterProducts(
        ReadOnlySpan<Panel> x, int k, float* g, long sg, int n, int rows, float* w, int sk, int sn, bool accumulate, float* bias, bool accumulateBias, float* table)
    {
        for (int j = 0, width; j < n; j += width)
        {
            width = Math.Min(n - j, OuterColumns);
            float* sums = table + (long)k * width, transposed = sums + width;
            for (int row = 0; row < rows; row += OuterRows)
            {
                int length = Math.Min(OuterRows, rows - row);
                TransposeRows(g + row + j * sg, sg, length, width, transposed);
                if (bias != null) SumOfRows(transposed, length, width, sums, row > 0);
                float* t = table;
                foreach (Panel panel in x)
                {
                    if (width == OuterColumns) Outer4((float*)panel.Data + row, panel.Stride, panel.Columns, transposed, length, t, row > 0);
                    else Outer2((float*)panel.Data + row, panel.Stride, panel.Columns, transposed, length, t, row > 0);
                    t += (long)panel.Columns * width;
                }
            }

            Untabulate(table, width, k, width, w + (long)j * sn, sk, sn, accumulate);
            if (bias == null) continue;
            for (int o = 0; o < width; o += V.Width) Put(bias + j + o, V.Load(sums + o), accumulateBias);
        }
    }

    /// <summary>Rows of g, each side by side; with those of the padding up to the vector's width.</summary>
    private static void TransposeRows(float* g, long sg, int rows, int columns, float* to)
    {
        for (int o = 0; o < columns; o += V.Width)
            for (int row = 0; row < rows; row += V.Width) V.Transpose(g + row + o * sg, sg, to + (long)row * columns + o, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumOfRows(float* g, int rows, int columns, float* to, bool add)
    {
        for (int o = 0; o < columns; o += V.Width)
        {
            // Two sums do not wait for each other.
            V even = default, odd = default;
            float* at = g + o;
            int row = 0;
            for (; row <= rows - 2; row += 2, at += 2 * columns)
            {
                even += V.Load(at);
                odd += V.Load(at + columns);
            }

            if (row < rows) even += V.Load(at);
            Put(to + o, even + odd, add);
        }
    }

    private static void Outer4(float* x, long sx, int k, float* g, int rows, float* t, bool add)
    {
        int i = 0;
        for (; i <= k - 6; i += 6) Outer6x4(x + i * sx, sx, g, rows, t + i * 4 * V.Width, add);
        for (; i <= k - 2; i += 2) Outer2x4(x + i * sx, sx, g, rows, t + i * 4 * V.Width, add);
        if (i < k) Outer1x4(x + i * sx, g, rows, t + i * 4 * V.Width, add);
    }

    private static void Outer2(float* x, long sx, int k, float* g, int rows, float* t, bool add)
    {
        int i = 0;
        for (; i <= k - 12; i += 12) Outer12x2(x + i * sx, sx, g, rows, t + i * 2 * V.Width, add);
        for (; i <= k - 4; i += 4) Outer4x2(x + i * sx, sx, g, rows, t + i * 2 * V.Width, add);
        for (; i < k; i++) Outer1x2(x + i * sx, g, rows, t + i * 2 * V.Width, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Outer6x4(float* x, long sx, float* g, int rows, float* t, bool add)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a10 = default, a11 = default, a12 = default, a13 = default, a20 = default, a21 = default, a22 = default, a23 = default, a30 = default, a31 = default, a32 = default, a33 = default, a40 = default, a41 = default, a42 = default, a43 = default, a50 = default, a51 = default, a52 = default, a53 = default;
        float* x3 = x + 3 * sx;
        for (float* end = x + rows; x < end; x++, x3++, g += 4 * V.Width)
        {
            V g0 = V.Load(g), g1 = V.Load(g + V.Width), g2 = V.Load(g + 2 * V.Width), g3 = V.Load(g + 3 * V.Width);
            V b0 = V.Create(x[0]);
            V.AddProduct(ref a00, b0, g0);
            V.AddProduct(ref a01, b0, g1);
            V.AddProduct(ref a02, b0, g2);
            V.AddProduct(ref a03, b0, g3);
            V b1 = V.Create(x[sx]);
            V.AddProduct(ref a10, b1, g0);
            V.AddProduct(ref a11, b1, g1);
            V.AddProduct(ref a12, b1, g2);
            V.AddProduct(ref a13, b1, g3);
            V b2 = V.Create(x[2 * sx]);
            V.AddProduct(ref a20, b2, g0);
            V.AddProduct(ref a21, b2, g1);
            V.AddProduct(ref a22, b2, g2);
            V.AddProduct(ref a23, b2, g3);
            V b3 = V.Create(x3[0]);
            V.AddProduct(ref a30, b3, g0);
            V.AddProduct(ref a31, b3, g1);
            V.AddProduct(ref a32, b3, g2);
            V.AddProduct(ref a33, b3, g3);
            V b4 = V.Create(x3[sx]);
            V.AddProduct(ref a40, b4, g0);
            V.AddProduct(ref a41, b4, g1);
            V.AddProduct(ref a42, b4, g2);
            V.AddProduct(ref a43, b4, g3);
            V b5 = V.Create(x3[2 * sx]);
            V.AddProduct(ref a50, b5, g0);
            V.AddProduct(ref a51, b5, g1);
            V.AddProduct(ref a52, b5, g2);
            V.AddProduct(ref a53, b5, g3);
        }

        Put(t, a00, add);
        Put(t + V.Width, a01, add);
        Put(t + 2 * V.Width, a02, add);
        Put(t + 3 * V.Width, a03, add);
        Put(t + 4 * V.Width, a10, add);
        Put(t + 5 * V.Width, a11, add);
        Put(t + 6 * V.Width, a12, add);
        Put(t + 7 * V.Width, a13, add);
        Put(t + 8 * V.Width, a20, add);
        Put(t + 9 * V.Width, a21, add);
        Put(t + 10 * V.Width, a22, add);
        Put(t + 11 * V.Width, a23, add);
        Put(t + 12 * V.Width, a30, add);
        Put(t + 13 * V.Width, a31, add);
        Put(t + 14 * V.Width, a32, add);
        Put(t + 15 * V.Width, a33, add);
        Put(t + 16 * V.Width, a40, add);
        Put(t + 17 * V.Width, a41, add);
        Put(t + 18 * V.Width, a42, add);
        Put(t + 19 * V.Width, a43, add);
        Put(t + 20 * V.Width, a50, add);
        Put(t + 21 * V.Width, a51, add);
        Put(t + 22 * V.Width, a52, add);
        Put(t + 23 * V.Width, a53, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Outer2x4(float* x, long sx, float* g, int rows, float* t, bool add)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default, a10 = default, a11 = default, a12 = default, a13 = default;
        for (float* end = x + rows; x < end; x++, g += 4 * V.Width)
        {
            V g0 = V.Load(g), g1 = V.Load(g + V.Width), g2 = V.Load(g + 2 * V.Width), g3 = V.Load(g + 3 * V.Width);
            V b0 = V.Create(x[0]);
            V.AddProduct(ref a00, b0, g0);
            V.AddProduct(ref a01, b0, g1);
            V.AddProduct(ref a02, b0, g2);
            V.AddProduct(ref a03, b0, g3);
            V b1 = V.Create(x[sx]);
            V.AddProduct(ref a10, b1, g0);
            V.AddProduct(ref a11, b1, g1);
            V.AddProduct(ref a12, b1, g2);
            V.AddProduct(ref a13, b1, g3);
        }

        Put(t, a00, add);
        Put(t + V.Width, a01, add);
        Put(t + 2 * V.Width, a02, add);
        Put(t + 3 * V.Width, a03, add);
        Put(t + 4 * V.Width, a10, add);
        Put(t + 5 * V.Width, a11, add);
        Put(t + 6 * V.Width, a12, add);
        Put(t + 7 * V.Width, a13, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Outer1x4(float* x, float* g, int rows, float* t, bool add)
    {
        V a00 = default, a01 = default, a02 = default, a03 = default;
        for (float* end = x + rows; x < end; x++, g += 4 * V.Width)
        {
            V g0 = V.Load(g), g1 = V.Load(g + V.Width), g2 = V.Load(g + 2 * V.Width), g3 = V.Load(g + 3 * V.Width);
            V b0 = V.Create(x[0]);
            V.AddProduct(ref a00, b0, g0);
            V.AddProduct(ref a01, b0, g1);
            V.AddProduct(ref a02, b0, g2);
            V.AddProduct(ref a03, b0, g3);
        }

        Put(t, a00, add);
        Put(t + V.Width, a01, add);
        Put(t + 2 * V.Width, a02, add);
        Put(t + 3 * V.Width, a03, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Outer12x2(float* x, long sx, float* g, int rows, float* t, bool add)
    {
        V a00 = default, a01 = default, a10 = default, a11 = default, a20 = default, a21 = default, a30 = default, a31 = default, a40 = default, a41 = default, a50 = default, a51 = default, a60 = default, a61 = default, a70 = default, a71 = default, a80 = default, a81 = default, a90 = default, a91 = default, a100 = default, a101 = default, a110 = default, a111 = default;
        float* x3 = x + 3 * sx, x6 = x3 + 3 * sx, x9 = x6 + 3 * sx;
        for (float* end = x + rows; x < end; x++, x3++, x6++, x9++, g += 2 * V.Width)
        {
            V g0 = V.Load(g), g1 = V.Load(g + V.Width);
            V b0 = V.Create(x[0]);
            V.AddProduct(ref a00, b0, g0);
            V.AddProduct(ref a01, b0, g1);
            V b1 = V.Create(x[sx]);
            V.AddProduct(ref a10, b1, g0);
            V.AddProduct(ref a11, b1, g1);
            V b2 = V.Create(x[2 * sx]);
            V.AddProduct(ref a20, b2, g0);
            V.AddProduct(ref a21, b2, g1);
            V b3 = V.Create(x3[0]);
            V.AddProduct(ref a30, b3, g0);
            V.AddProduct(ref a31, b3, g1);
            V b4 = V.Create(x3[sx]);
            V.AddProduct(ref a40, b4, g0);
            V.AddProduct(ref a41, b4, g1);
            V b5 = V.Create(x3[2 * sx]);
            V.AddProduct(ref a50, b5, g0);
            V.AddProduct(ref a51, b5, g1);
            V b6 = V.Create(x6[0]);
            V.AddProduct(ref a60, b6, g0);
            V.AddProduct(ref a61, b6, g1);
            V b7 = V.Create(x6[sx]);
            V.AddProduct(ref a70, b7, g0);
            V.AddProduct(ref a71, b7, g1);
            V b8 = V.Create(x6[2 * sx]);
            V.AddProduct(ref a80, b8, g0);
            V.AddProduct(ref a81, b8, g1);
            V b9 = V.Create(x9[0]);
            V.AddProduct(ref a90, b9, g0);
            V.AddProduct(ref a91, b9, g1);
            V b10 = V.Create(x9[sx]);
            V.AddProduct(ref a100, b10, g0);
            V.AddProduct(ref a101, b10, g1);
            V b11 = V.Create(x9[2 * sx]);
            V.AddProduct(ref a110, b11, g0);
            V.AddProduct(ref a111, b11, g1);
        }

        Put(t, a00, add);
        Put(t + V.Width, a01, add);
        Put(t + 2 * V.Width, a10, add);
        Put(t + 3 * V.Width, a11, add);
        Put(t + 4 * V.Width, a20, add);
        Put(t + 5 * V.Width, a21, add);
        Put(t + 6 * V.Width, a30, add);
        Put(t + 7 * V.Width, a31, add);
        Put(t + 8 * V.Width, a40, add);
        Put(t + 9 * V.Width, a41, add);
        Put(t + 10 * V.Width, a50, add);
        Put(t + 11 * V.Width, a51, add);
        Put(t + 12 * V.Width, a60, add);
        Put(t + 13 * V.Width, a61, add);
        Put(t + 14 * V.Width, a70, add);
        Put(t + 15 * V.Width, a71, add);
        Put(t + 16 * V.Width, a80, add);
        Put(t + 17 * V.Width, a81, add);
        Put(t + 18 * V.Width, a90, add);
        Put(t + 19 * V.Width, a91, add);
        Put(t + 20 * V.Width, a100, add);
        Put(t + 21 * V.Width, a101, add);
        Put(t + 22 * V.Width, a110, add);
        Put(t + 23 * V.Width, a111, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Outer4x2(float* x, long sx, float* g, int rows, float* t, bool add)
    {
        V a00 = default, a01 = default, a10 = default, a11 = default, a20 = default, a21 = default, a30 = default, a31 = default;
        float* x3 = x + 3 * sx;
        for (float* end = x + rows; x < end; x++, x3++, g += 2 * V.Width)
        {
            V g0 = V.Load(g), g1 = V.Load(g + V.Width);
            V b0 = V.Create(x[0]);
            V.AddProduct(ref a00, b0, g0);
            V.AddProduct(ref a01, b0, g1);
            V b1 = V.Create(x[sx]);
            V.AddProduct(ref a10, b1, g0);
            V.AddProduct(ref a11, b1, g1);
            V b2 = V.Create(x[2 * sx]);
            V.AddProduct(ref a20, b2, g0);
            V.AddProduct(ref a21, b2, g1);
            V b3 = V.Create(x3[0]);
            V.AddProduct(ref a30, b3, g0);
            V.AddProduct(ref a31, b3, g1);
        }

        Put(t, a00, add);
        Put(t + V.Width, a01, add);
        Put(t + 2 * V.Width, a10, add);
        Put(t + 3 * V.Width, a11, add);
        Put(t + 4 * V.Width, a20, add);
        Put(t + 5 * V.Width, a21, add);
        Put(t + 6 * V.Width, a30, add);
        Put(t + 7 * V.Width, a31, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Outer1x2(float* x, float* g, int rows, float* t, bool add)
    {
        V a00 = default, a01 = default;
        for (float* end = x + rows; x < end; x++, g += 2 * V.Width)
        {
            V g0 = V.Load(g), g1 = V.Load(g + V.Width);
            V b0 = V.Create(x[0]);
            V.AddProduct(ref a00, b0, g0);
            V.AddProduct(ref a01, b0, g1);
        }

        Put(t, a00, add);
        Put(t + V.Width, a01, add);
    }
}
