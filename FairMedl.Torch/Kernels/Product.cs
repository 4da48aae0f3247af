using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>Columns of a column-major matrix; several panels side by side are one left factor.</summary>
internal readonly record struct Panel(nint Data, int Stride, int Columns);

internal abstract unsafe partial class Kernel
{
    /// <summary>
    /// y (+)= x w + bias, then max(., 0) if asked: x [rows, k] as panels, w [k, n] with any strides, bias [n] or none,
    /// y [rows, n] column-major. Padded. Accumulation excludes bias and rectification.
    /// </summary>
    public abstract void Product(ReadOnlySpan<Panel> x, int rows, nint w, int strideK, int strideN, int n, nint bias, bool rectify, nint y, int strideY, bool accumulate);
}

/// <summary>One product's operands, for its tiles.</summary>
internal readonly unsafe struct ProductTask(Panel* x, int parts, float* w, int strideK, int strideN, float* bias, bool rectify, float* y, int strideY, bool accumulate)
{
    public readonly Panel* X = x;
    public readonly float* W = w, Bias = bias, Y = y;
    public readonly int Parts = parts, StrideK = strideK, StrideN = strideN, StrideY = strideY;
    public readonly bool Rectify = rectify, Accumulate = accumulate;
}

/// <summary>
/// The product in register tiles of r vectors of rows by c columns: r loads and c broadcasts feed r c multiply-adds,
/// in as many accumulators as the width has registers for (16 registers of 8 floats, 32 of 16).
/// </summary>
internal sealed unsafe partial class Kernel<V>
{
    public override void Product(ReadOnlySpan<Panel> x, int rows, nint w, int strideK, int strideN, int n, nint bias, bool rectify, nint y, int strideY, bool accumulate)
    {
        fixed (Panel* panels = x)
        {
            ProductTask task = new(panels, x.Length, (float*)w, strideK, strideN, (float*)bias, rectify, (float*)y, strideY, accumulate);
            int row = 0, last = (rows + V.Width - 1) / V.Width * V.Width;
            for (; row <= last - 4 * V.Width; row += 4 * V.Width) FourVectors(task, row, n);
            for (; row < last; row += V.Width) OneVector(task, row, n);
        }
    }

    private static void FourVectors(in ProductTask task, int row, int n)
    {
        int column = 0;
        if (V.Width == Layout.Line)
        {
            for (; column <= n - 4; column += 4) Tile4x4(task, row, column);
        }
        else
        {
            // Six columns at a time, but never so that a single one is left over.
            for (; n - column >= 10 || n - column is 6 or 8; column += 6)
            {
                Tile2x6(task, row, column);
                Tile2x6(task, row + 2 * V.Width, column);
            }

            for (; column <= n - 4; column += 4)
            {
                Tile2x4(task, row, column);
                Tile2x4(task, row + 2 * V.Width, column);
            }
        }

        for (; column <= n - 2; column += 2) Tile4x2(task, row, column);
        if (column < n) Tile4x1(task, row, column);
    }

    private static void OneVector(in ProductTask task, int row, int n)
    {
        int column = 0;
        for (; column <= n - 4; column += 4) Tile1x4(task, row, column);
        for (; column <= n - 2; column += 2) Tile1x2(task, row, column);
        if (column < n) Tile1x1(task, row, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1(in ProductTask task, int row, int column)
    {
        long sn = task.StrideN;
        float* y = task.Y + row + (long)column * task.StrideY;
        V a00, a10, a20, a30;
        if (task.Accumulate)
        {
            a00 = V.Load(y);
            a10 = V.Load(y + V.Width);
            a20 = V.Load(y + 2 * V.Width);
            a30 = V.Load(y + 3 * V.Width);
        }
        else if (task.Bias == null)
        {
            a00 = a10 = a20 = a30 = V.Create(0f);
        }
        else
        {
            a00 = a10 = a20 = a30 = V.Create(task.Bias[column]);
        }

        float* w = task.W + column * sn;
        for (int part = 0; part < task.Parts; part++)
        {
            float* x = (float*)task.X[part].Data + row;
            long sx = task.X[part].Stride, sk = task.StrideK;
            for (int k = task.X[part].Columns; k > 0; k--, x += sx, w += sk)
            {
                V x0 = V.Load(x), x1 = V.Load(x + V.Width), x2 = V.Load(x + 2 * V.Width), x3 = V.Load(x + 3 * V.Width);
                V b0 = V.Create(w[0]);
                a00 = V.FusedMultiplyAdd(x0, b0, a00);
                a10 = V.FusedMultiplyAdd(x1, b0, a10);
                a20 = V.FusedMultiplyAdd(x2, b0, a20);
                a30 = V.FusedMultiplyAdd(x3, b0, a30);
            }
        }

        if (task.Rectify)
        {
            V zero = V.Create(0f);
            a00 = V.Max(zero, a00);
            a10 = V.Max(zero, a10);
            a20 = V.Max(zero, a20);
            a30 = V.Max(zero, a30);
        }

        V.Store(y, a00);
        V.Store(y + V.Width, a10);
        V.Store(y + 2 * V.Width, a20);
        V.Store(y + 3 * V.Width, a30);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2(in ProductTask task, int row, int column)
    {
        long sn = task.StrideN;
        float* y = task.Y + row + (long)column * task.StrideY;
        V a00, a10, a20, a30, a01, a11, a21, a31;
        if (task.Accumulate)
        {
            a00 = V.Load(y);
            a10 = V.Load(y + V.Width);
            a20 = V.Load(y + 2 * V.Width);
            a30 = V.Load(y + 3 * V.Width);
            a01 = V.Load(y + task.StrideY);
            a11 = V.Load(y + task.StrideY + V.Width);
            a21 = V.Load(y + task.StrideY + 2 * V.Width);
            a31 = V.Load(y + task.StrideY + 3 * V.Width);
        }
        else if (task.Bias == null)
        {
            a00 = a10 = a20 = a30 = a01 = a11 = a21 = a31 = V.Create(0f);
        }
        else
        {
            a00 = a10 = a20 = a30 = V.Create(task.Bias[column]);
            a01 = a11 = a21 = a31 = V.Create(task.Bias[column + 1]);
        }

        float* w = task.W + column * sn;
        for (int part = 0; part < task.Parts; part++)
        {
            float* x = (float*)task.X[part].Data + row;
            long sx = task.X[part].Stride, sk = task.StrideK;
            for (int k = task.X[part].Columns; k > 0; k--, x += sx, w += sk)
            {
                V x0 = V.Load(x), x1 = V.Load(x + V.Width), x2 = V.Load(x + 2 * V.Width), x3 = V.Load(x + 3 * V.Width);
                V b0 = V.Create(w[0]);
                a00 = V.FusedMultiplyAdd(x0, b0, a00);
                a10 = V.FusedMultiplyAdd(x1, b0, a10);
                a20 = V.FusedMultiplyAdd(x2, b0, a20);
                a30 = V.FusedMultiplyAdd(x3, b0, a30);
                V b1 = V.Create(w[sn]);
                a01 = V.FusedMultiplyAdd(x0, b1, a01);
                a11 = V.FusedMultiplyAdd(x1, b1, a11);
                a21 = V.FusedMultiplyAdd(x2, b1, a21);
                a31 = V.FusedMultiplyAdd(x3, b1, a31);
            }
        }

        if (task.Rectify)
        {
            V zero = V.Create(0f);
            a00 = V.Max(zero, a00);
            a10 = V.Max(zero, a10);
            a20 = V.Max(zero, a20);
            a30 = V.Max(zero, a30);
            a01 = V.Max(zero, a01);
            a11 = V.Max(zero, a11);
            a21 = V.Max(zero, a21);
            a31 = V.Max(zero, a31);
        }

        V.Store(y, a00);
        V.Store(y + V.Width, a10);
        V.Store(y + 2 * V.Width, a20);
        V.Store(y + 3 * V.Width, a30);
        V.Store(y + task.StrideY, a01);
        V.Store(y + task.StrideY + V.Width, a11);
        V.Store(y + task.StrideY + 2 * V.Width, a21);
        V.Store(y + task.StrideY + 3 * V.Width, a31);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x4(in ProductTask task, int row, int column)
    {
        long sn = task.StrideN;
        float* y = task.Y + row + (long)column * task.StrideY;
        V a00, a10, a01, a11, a02, a12, a03, a13;
        if (task.Accumulate)
        {
            a00 = V.Load(y);
            a10 = V.Load(y + V.Width);
            a01 = V.Load(y + task.StrideY);
            a11 = V.Load(y + task.StrideY + V.Width);
            a02 = V.Load(y + 2L * task.StrideY);
            a12 = V.Load(y + 2L * task.StrideY + V.Width);
            a03 = V.Load(y + 3L * task.StrideY);
            a13 = V.Load(y + 3L * task.StrideY + V.Width);
        }
        else if (task.Bias == null)
        {
            a00 = a10 = a01 = a11 = a02 = a12 = a03 = a13 = V.Create(0f);
        }
        else
        {
            a00 = a10 = V.Create(task.Bias[column]);
            a01 = a11 = V.Create(task.Bias[column + 1]);
            a02 = a12 = V.Create(task.Bias[column + 2]);
            a03 = a13 = V.Create(task.Bias[column + 3]);
        }

        float* w = task.W + column * sn;
        for (int part = 0; part < task.Parts; part++)
        {
            float* x = (float*)task.X[part].Data + row;
            long sx = task.X[part].Stride, sk = task.StrideK;
            for (int k = task.X[part].Columns; k > 0; k--, x += sx, w += sk)
            {
                V x0 = V.Load(x), x1 = V.Load(x + V.Width);
                V b0 = V.Create(w[0]);
                a00 = V.FusedMultiplyAdd(x0, b0, a00);
                a10 = V.FusedMultiplyAdd(x1, b0, a10);
                V b1 = V.Create(w[sn]);
                a01 = V.FusedMultiplyAdd(x0, b1, a01);
                a11 = V.FusedMultiplyAdd(x1, b1, a11);
                V b2 = V.Create(w[2 * sn]);
                a02 = V.FusedMultiplyAdd(x0, b2, a02);
                a12 = V.FusedMultiplyAdd(x1, b2, a12);
                V b3 = V.Create(w[3 * sn]);
                a03 = V.FusedMultiplyAdd(x0, b3, a03);
                a13 = V.FusedMultiplyAdd(x1, b3, a13);
            }
        }

        if (task.Rectify)
        {
            V zero = V.Create(0f);
            a00 = V.Max(zero, a00);
            a10 = V.Max(zero, a10);
            a01 = V.Max(zero, a01);
            a11 = V.Max(zero, a11);
            a02 = V.Max(zero, a02);
            a12 = V.Max(zero, a12);
            a03 = V.Max(zero, a03);
            a13 = V.Max(zero, a13);
        }

        V.Store(y, a00);
        V.Store(y + V.Width, a10);
        V.Store(y + task.StrideY, a01);
        V.Store(y + task.StrideY + V.Width, a11);
        V.Store(y + 2L * task.StrideY, a02);
        V.Store(y + 2L * task.StrideY + V.Width, a12);
        V.Store(y + 3L * task.StrideY, a03);
        V.Store(y + 3L * task.StrideY + V.Width, a13);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x6(in ProductTask task, int row, int column)
    {
        long sn = task.StrideN;
        float* y = task.Y + row + (long)column * task.StrideY;
        V a00, a10, a01, a11, a02, a12, a03, a13, a04, a14, a05, a15;
        if (task.Accumulate)
        {
            a00 = V.Load(y);
            a10 = V.Load(y + V.Width);
            a01 = V.Load(y + task.StrideY);
            a11 = V.Load(y + task.StrideY + V.Width);
            a02 = V.Load(y + 2L * task.StrideY);
            a12 = V.Load(y + 2L * task.StrideY + V.Width);
            a03 = V.Load(y + 3L * task.StrideY);
            a13 = V.Load(y + 3L * task.StrideY + V.Width);
            a04 = V.Load(y + 4L * task.StrideY);
            a14 = V.Load(y + 4L * task.StrideY + V.Width);
            a05 = V.Load(y + 5L * task.StrideY);
            a15 = V.Load(y + 5L * task.StrideY + V.Width);
        }
        else if (task.Bias == null)
        {
            a00 = a10 = a01 = a11 = a02 = a12 = a03 = a13 = a04 = a14 = a05 = a15 = V.Create(0f);
        }
        else
        {
            a00 = a10 = V.Create(task.Bias[column]);
            a01 = a11 = V.Create(task.Bias[column + 1]);
            a02 = a12 = V.Create(task.Bias[column + 2]);
            a03 = a13 = V.Create(task.Bias[column + 3]);
            a04 = a14 = V.Create(task.Bias[column + 4]);
            a05 = a15 = V.Create(task.Bias[column + 5]);
        }

        float* w = task.W + column * sn;
        for (int part = 0; part < task.Parts; part++)
        {
            float* x = (float*)task.X[part].Data + row;
            long sx = task.X[part].Stride, sk = task.StrideK;
            for (int k = task.X[part].Columns; k > 0; k--, x += sx, w += sk)
            {
                V x0 = V.Load(x), x1 = V.Load(x + V.Width);
                V b0 = V.Create(w[0]);
                a00 = V.FusedMultiplyAdd(x0, b0, a00);
                a10 = V.FusedMultiplyAdd(x1, b0, a10);
                V b1 = V.Create(w[sn]);
                a01 = V.FusedMultiplyAdd(x0, b1, a01);
                a11 = V.FusedMultiplyAdd(x1, b1, a11);
                V b2 = V.Create(w[2 * sn]);
                a02 = V.FusedMultiplyAdd(x0, b2, a02);
                a12 = V.FusedMultiplyAdd(x1, b2, a12);
                V b3 = V.Create(w[3 * sn]);
                a03 = V.FusedMultiplyAdd(x0, b3, a03);
                a13 = V.FusedMultiplyAdd(x1, b3, a13);
                V b4 = V.Create(w[4 * sn]);
                a04 = V.FusedMultiplyAdd(x0, b4, a04);
                a14 = V.FusedMultiplyAdd(x1, b4, a14);
                V b5 = V.Create(w[5 * sn]);
                a05 = V.FusedMultiplyAdd(x0, b5, a05);
                a15 = V.FusedMultiplyAdd(x1, b5, a15);
            }
        }

        if (task.Rectify)
        {
            V zero = V.Create(0f);
            a00 = V.Max(zero, a00);
            a10 = V.Max(zero, a10);
            a01 = V.Max(zero, a01);
            a11 = V.Max(zero, a11);
            a02 = V.Max(zero, a02);
            a12 = V.Max(zero, a12);
            a03 = V.Max(zero, a03);
            a13 = V.Max(zero, a13);
            a04 = V.Max(zero, a04);
            a14 = V.Max(zero, a14);
            a05 = V.Max(zero, a05);
            a15 = V.Max(zero, a15);
        }

        V.Store(y, a00);
        V.Store(y + V.Width, a10);
        V.Store(y + task.StrideY, a01);
        V.Store(y + task.StrideY + V.Width, a11);
        V.Store(y + 2L * task.StrideY, a02);
        V.Store(y + 2L * task.StrideY + V.Width, a12);
        V.Store(y + 3L * task.StrideY, a03);
        V.Store(y + 3L * task.StrideY + V.Width, a13);
        V.Store(y + 4L * task.StrideY, a04);
        V.Store(y + 4L * task.StrideY + V.Width, a14);
        V.Store(y + 5L * task.StrideY, a05);
        V.Store(y + 5L * task.StrideY + V.Width, a15);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x4(in ProductTask task, int row, int column)
    {
        long sn = task.StrideN;
        float* y = task.Y + row + (long)column * task.StrideY;
        V a00, a10, a20, a30, a01, a11, a21, a31, a02, a12, a22, a32, a03, a13, a23, a33;
        if (task.Accumulate)
        {
            a00 = V.Load(y);
            a10 = V.Load(y + V.Width);
            a20 = V.Load(y + 2 * V.Width);
            a30 = V.Load(y + 3 * V.Width);
            a01 = V.Load(y + task.StrideY);
            a11 = V.Load(y + task.StrideY + V.Width);
            a21 = V.Load(y + task.StrideY + 2 * V.Width);
            a31 = V.Load(y + task.StrideY + 3 * V.Width);
            a02 = V.Load(y + 2L * task.StrideY);
            a12 = V.Load(y + 2L * task.StrideY + V.Width);
            a22 = V.Load(y + 2L * task.StrideY + 2 * V.Width);
            a32 = V.Load(y + 2L * task.StrideY + 3 * V.Width);
            a03 = V.Load(y + 3L * task.StrideY);
            a13 = V.Load(y + 3L * task.StrideY + V.Width);
            a23 = V.Load(y + 3L * task.StrideY + 2 * V.Width);
            a33 = V.Load(y + 3L * task.StrideY + 3 * V.Width);
        }
        else if (task.Bias == null)
        {
            a00 = a10 = a20 = a30 = a01 = a11 = a21 = a31 = a02 = a12 = a22 = a32 = a03 = a13 = a23 = a33 = V.Create(0f);
        }
        else
        {
            a00 = a10 = a20 = a30 = V.Create(task.Bias[column]);
            a01 = a11 = a21 = a31 = V.Create(task.Bias[column + 1]);
            a02 = a12 = a22 = a32 = V.Create(task.Bias[column + 2]);
            a03 = a13 = a23 = a33 = V.Create(task.Bias[column + 3]);
        }

        float* w = task.W + column * sn;
        for (int part = 0; part < task.Parts; part++)
        {
            float* x = (float*)task.X[part].Data + row;
            long sx = task.X[part].Stride, sk = task.StrideK;
            for (int k = task.X[part].Columns; k > 0; k--, x += sx, w += sk)
            {
                V x0 = V.Load(x), x1 = V.Load(x + V.Width), x2 = V.Load(x + 2 * V.Width), x3 = V.Load(x + 3 * V.Width);
                V b0 = V.Create(w[0]);
                a00 = V.FusedMultiplyAdd(x0, b0, a00);
                a10 = V.FusedMultiplyAdd(x1, b0, a10);
                a20 = V.FusedMultiplyAdd(x2, b0, a20);
                a30 = V.FusedMultiplyAdd(x3, b0, a30);
                V b1 = V.Create(w[sn]);
                a01 = V.FusedMultiplyAdd(x0, b1, a01);
                a11 = V.FusedMultiplyAdd(x1, b1, a11);
                a21 = V.FusedMultiplyAdd(x2, b1, a21);
                a31 = V.FusedMultiplyAdd(x3, b1, a31);
                V b2 = V.Create(w[2 * sn]);
                a02 = V.FusedMultiplyAdd(x0, b2, a02);
                a12 = V.FusedMultiplyAdd(x1, b2, a12);
                a22 = V.FusedMultiplyAdd(x2, b2, a22);
                a32 = V.FusedMultiplyAdd(x3, b2, a32);
                V b3 = V.Create(w[3 * sn]);
                a03 = V.FusedMultiplyAdd(x0, b3, a03);
                a13 = V.FusedMultiplyAdd(x1, b3, a13);
                a23 = V.FusedMultiplyAdd(x2, b3, a23);
                a33 = V.FusedMultiplyAdd(x3, b3, a33);
            }
        }

        if (task.Rectify)
        {
            V zero = V.Create(0f);
            a00 = V.Max(zero, a00);
            a10 = V.Max(zero, a10);
            a20 = V.Max(zero, a20);
            a30 = V.Max(zero, a30);
            a01 = V.Max(zero, a01);
            a11 = V.Max(zero, a11);
            a21 = V.Max(zero, a21);
            a31 = V.Max(zero, a31);
            a02 = V.Max(zero, a02);
            a12 = V.Max(zero, a12);
            a22 = V.Max(zero, a22);
            a32 = V.Max(zero, a32);
            a03 = V.Max(zero, a03);
            a13 = V.Max(zero, a13);
            a23 = V.Max(zero, a23);
            a33 = V.Max(zero, a33);
        }

        V.Store(y, a00);
        V.Store(y + V.Width, a10);
        V.Store(y + 2 * V.Width, a20);
        V.Store(y + 3 * V.Width, a30);
        V.Store(y + task.StrideY, a01);
        V.Store(y + task.StrideY + V.Width, a11);
        V.Store(y + task.StrideY + 2 * V.Width, a21);
        V.Store(y + task.StrideY + 3 * V.Width, a31);
        V.Store(y + 2L * task.StrideY, a02);
        V.Store(y + 2L * task.StrideY + V.Width, a12);
        V.Store(y + 2L * task.StrideY + 2 * V.Width, a22);
        V.Store(y + 2L * task.StrideY + 3 * V.Width, a32);
        V.Store(y + 3L * task.StrideY, a03);
        V.Store(y + 3L * task.StrideY + V.Width, a13);
        V.Store(y + 3L * task.StrideY + 2 * V.Width, a23);
        V.Store(y + 3L * task.StrideY + 3 * V.Width, a33);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1(in ProductTask task, int row, int column)
    {
        long sn = task.StrideN;
        float* y = task.Y + row + (long)column * task.StrideY;
        V a00;
        if (task.Accumulate)
        {
            a00 = V.Load(y);
        }
        else if (task.Bias == null)
        {
            a00 = V.Create(0f);
        }
        else
        {
            a00 = V.Create(task.Bias[column]);
        }

        float* w = task.W + column * sn;
        for (int part = 0; part < task.Parts; part++)
        {
            float* x = (float*)task.X[part].Data + row;
            long sx = task.X[part].Stride, sk = task.StrideK;
            for (int k = task.X[part].Columns; k > 0; k--, x += sx, w += sk)
            {
                V x0 = V.Load(x);
                V b0 = V.Create(w[0]);
                a00 = V.FusedMultiplyAdd(x0, b0, a00);
            }
        }

        if (task.Rectify)
        {
            V zero = V.Create(0f);
            a00 = V.Max(zero, a00);
        }

        V.Store(y, a00);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x2(in ProductTask task, int row, int column)
    {
        long sn = task.StrideN;
        float* y = task.Y + row + (long)column * task.StrideY;
        V a00, a01;
        if (task.Accumulate)
        {
            a00 = V.Load(y);
            a01 = V.Load(y + task.StrideY);
        }
        else if (task.Bias == null)
        {
            a00 = a01 = V.Create(0f);
        }
        else
        {
            a00 = V.Create(task.Bias[column]);
            a01 = V.Create(task.Bias[column + 1]);
        }

        float* w = task.W + column * sn;
        for (int part = 0; part < task.Parts; part++)
        {
            float* x = (float*)task.X[part].Data + row;
            long sx = task.X[part].Stride, sk = task.StrideK;
            for (int k = task.X[part].Columns; k > 0; k--, x += sx, w += sk)
            {
                V x0 = V.Load(x);
                V b0 = V.Create(w[0]);
                a00 = V.FusedMultiplyAdd(x0, b0, a00);
                V b1 = V.Create(w[sn]);
                a01 = V.FusedMultiplyAdd(x0, b1, a01);
            }
        }

        if (task.Rectify)
        {
            V zero = V.Create(0f);
            a00 = V.Max(zero, a00);
            a01 = V.Max(zero, a01);
        }

        V.Store(y, a00);
        V.Store(y + task.StrideY, a01);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x4(in ProductTask task, int row, int column)
    {
        long sn = task.StrideN;
        float* y = task.Y + row + (long)column * task.StrideY;
        V a00, a01, a02, a03;
        if (task.Accumulate)
        {
            a00 = V.Load(y);
            a01 = V.Load(y + task.StrideY);
            a02 = V.Load(y + 2L * task.StrideY);
            a03 = V.Load(y + 3L * task.StrideY);
        }
        else if (task.Bias == null)
        {
            a00 = a01 = a02 = a03 = V.Create(0f);
        }
        else
        {
            a00 = V.Create(task.Bias[column]);
            a01 = V.Create(task.Bias[column + 1]);
            a02 = V.Create(task.Bias[column + 2]);
            a03 = V.Create(task.Bias[column + 3]);
        }

        float* w = task.W + column * sn;
        for (int part = 0; part < task.Parts; part++)
        {
            float* x = (float*)task.X[part].Data + row;
            long sx = task.X[part].Stride, sk = task.StrideK;
            for (int k = task.X[part].Columns; k > 0; k--, x += sx, w += sk)
            {
                V x0 = V.Load(x);
                V b0 = V.Create(w[0]);
                a00 = V.FusedMultiplyAdd(x0, b0, a00);
                V b1 = V.Create(w[sn]);
                a01 = V.FusedMultiplyAdd(x0, b1, a01);
                V b2 = V.Create(w[2 * sn]);
                a02 = V.FusedMultiplyAdd(x0, b2, a02);
                V b3 = V.Create(w[3 * sn]);
                a03 = V.FusedMultiplyAdd(x0, b3, a03);
            }
        }

        if (task.Rectify)
        {
            V zero = V.Create(0f);
            a00 = V.Max(zero, a00);
            a01 = V.Max(zero, a01);
            a02 = V.Max(zero, a02);
            a03 = V.Max(zero, a03);
        }

        V.Store(y, a00);
        V.Store(y + task.StrideY, a01);
        V.Store(y + 2L * task.StrideY, a02);
        V.Store(y + 3L * task.StrideY, a03);
    }
}
