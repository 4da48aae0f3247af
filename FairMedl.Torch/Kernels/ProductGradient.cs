using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FairMedl.Torch.Kernels;

internal abstract unsafe partial class Kernel
{
    /// <summary>
    /// w (+)= x^T g and, if asked, bias (+)= the sums of g's columns: x [rows, k] as panels, none for the bias alone; g [rows, n]
    /// column-major, w [k, n] with any strides, bias [n] or none. Padded; the sums exclude the rows of the padding. The table is
    /// memory of <see cref="GradientTableSize"/> floats, or none where that is 0.
    /// </summary>
    public abstract void ProductGradient(
        ReadOnlySpan<Panel> x, nint g, int strideG, int n, int rows, nint w, int strideK, int strideN, bool accumulate, nint bias, bool accumulateBias, nint table);

    /// <summary>Size in floats of the table for summing the gradient of a weight [k, n] over a number of rows; 0 where no table is needed.</summary>
    public abstract long GradientTableSize(int k, int n, int rows);
}

/// <summary>
/// The weights' gradient. That of as many columns of g as make a wide layer is a sum of outer products; that of the others comes
/// from register tiles of columns of x by columns of g, whose lanes are summed at the end, in the same order in every tile of
/// four or more columns.
/// </summary>
internal sealed unsafe partial class Kernel<V>
{
    /// <summary>Rows at a time: the columns of g that a strip reads over and over then stay in the first cache.</summary>
    private const int RowBlock = 1024;

    public override void ProductGradient(
        ReadOnlySpan<Panel> x, nint g, int strideG, int n, int rows, nint w, int strideK, int strideN, bool accumulate, nint bias, bool accumulateBias, nint table)
    {
        int k = 0, outer = ColumnsOfOuterProducts(n, rows);
        foreach (Panel panel in x) k += panel.Columns;
        if (outer > 0) OuterProducts(x, k, (float*)g, strideG, outer, rows, (float*)w, strideK, strideN, accumulate, (float*)bias, accumulateBias, (float*)table);
        if (outer == n) return;
        nint rest = g + (nint)outer * strideG * sizeof(float), to = w + (nint)outer * strideN * sizeof(float);
        foreach (Panel panel in x)
        {
            Dots((float*)panel.Data, panel.Stride, panel.Columns, (float*)rest, strideG, n - outer, rows, (float*)to, strideK, strideN, accumulate);
            to += (nint)panel.Columns * strideK * sizeof(float);
        }

        // Last: one tensor may be both, and then the bias is added to what the weight received.
        if (bias != 0) MaskAndSum(rest, strideG, rest, strideG, rows, n - outer, false, bias + outer * sizeof(float), accumulateBias);
    }

    public override long GradientTableSize(int k, int n, int rows) => ColumnsOfOuterProducts(n, rows) == 0 ? 0 : OuterColumns * (k + 1L + OuterRows);

    private static void Dots(float* x, long strideX, int k, float* g, long strideG, int n, int rows, float* w, int strideK, int strideN, bool accumulate)
    {
        int row = 0;
        do
        {
            int length = Math.Min(RowBlock, rows - row);
            float* xs = x + row, gs = g + row;
            for (int j = 0; j < n;)
            {
                int width = StripWidth(n - j);
                float* to = w + (long)j * strideN, from = gs + (long)j * strideG;
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
        // As many fives as leave only fours: k - 5 fives is a multiple of four where k - fives is one.
        int i = 0, fives = k / 5, tooMany = (fives - k) & 3;
        if (tooMany <= fives) fives -= tooMany;
        for (; i < 5 * fives; i += 5) Dot5x5(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
        for (; i <= k - 4; i += 4) Dot4x5(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
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
        if (V.Width == Layout.Line)
        {
            // Sixes, but none that would leave one or two columns over where fours and a three do not.
            for (; i <= k - 6 && k - i is not (7 or 8 or 11); i += 6) Dot6x4(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
            for (; i <= k - 4; i += 4) Dot4x4(x + i * sx, sx, g, sg, rows, w + (long)i * sk, sk, sn, accumulate);
        }

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
    private static void Put(float* at, V value, bool accumulate) => V.Store(at, accumulate ? V.Load(at) + value : value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* at, long stride, Vector128<float> values, bool accumulate)
    {
        if (stride == 1)
        {
            (accumulate ? Vector128.Load(at) + values : values).Store(at);
            return;
        }

        Put(at, values.GetElement(0), accumulate);
        Put(at + stride, values.GetElement(1), accumulate);
        Put(at + 2 * stride, values.GetElement(2), accumulate);
        Put(at + 3 * stride, values.GetElement(3), accumulate);
    }
}
