using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>The product's tiles of eight columns: what wide layers spend their time in where there are 32 registers.</summary>
internal sealed unsafe partial class Kernel<V>
{
    /// <summary>Eight columns at a time, over rows so few that their x, of usual widths, stays in the first cache while all columns pass.</summary>
    private static void EightColumns(in ProductTask task, int last, int columns)
    {
        for (int row = 0; row < last;)
        {
            // Threes and twos, so that one vector is left only where there is but one.
            int vectors = (last - row) / V.Width;
            if (vectors == 1)
            {
                OneVector(task, row, 0, columns);
                return;
            }

            if (vectors is 2 or 4)
            {
                for (int column = 0; column < columns; column += 8) Tile2x8(task, row, column);
                row += 2 * V.Width;
            }
            else
            {
                for (int column = 0; column < columns; column += 8) Tile3x8(task, row, column);
                row += 3 * V.Width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile3x8(in ProductTask task, int row, int column)
    {
        long sn = task.StrideN, sy = task.StrideY;
        float* y = task.Y + row + column * sy;
        V a00, a10, a20, a01, a11, a21, a02, a12, a22, a03, a13, a23, a04, a14, a24, a05, a15, a25, a06, a16, a26, a07, a17, a27;
        if (task.Accumulate)
        {
            a00 = V.Load(y);
            a10 = V.Load(y + V.Width);
            a20 = V.Load(y + 2 * V.Width);
            a01 = V.Load(y + sy);
            a11 = V.Load(y + sy + V.Width);
            a21 = V.Load(y + sy + 2 * V.Width);
            a02 = V.Load(y + 2 * sy);
            a12 = V.Load(y + 2 * sy + V.Width);
            a22 = V.Load(y + 2 * sy + 2 * V.Width);
            a03 = V.Load(y + 3 * sy);
            a13 = V.Load(y + 3 * sy + V.Width);
            a23 = V.Load(y + 3 * sy + 2 * V.Width);
            a04 = V.Load(y + 4 * sy);
            a14 = V.Load(y + 4 * sy + V.Width);
            a24 = V.Load(y + 4 * sy + 2 * V.Width);
            a05 = V.Load(y + 5 * sy);
            a15 = V.Load(y + 5 * sy + V.Width);
            a25 = V.Load(y + 5 * sy + 2 * V.Width);
            a06 = V.Load(y + 6 * sy);
            a16 = V.Load(y + 6 * sy + V.Width);
            a26 = V.Load(y + 6 * sy + 2 * V.Width);
            a07 = V.Load(y + 7 * sy);
            a17 = V.Load(y + 7 * sy + V.Width);
            a27 = V.Load(y + 7 * sy + 2 * V.Width);
        }
        else if (task.Bias == null)
        {
            a00 = a10 = a20 = a01 = a11 = a21 = a02 = a12 = a22 = a03 = a13 = a23 = a04 = a14 = a24 = a05 = a15 = a25 = a06 = a16 = a26 = a07 = a17 = a27 = V.Create(0f);
        }
        else
        {
            a00 = a10 = a20 = V.Create(task.Bias[column]);
            a01 = a11 = a21 = V.Create(task.Bias[column + 1]);
            a02 = a12 = a22 = V.Create(task.Bias[column + 2]);
            a03 = a13 = a23 = V.Create(task.Bias[column + 3]);
            a04 = a14 = a24 = V.Create(task.Bias[column + 4]);
            a05 = a15 = a25 = V.Create(task.Bias[column + 5]);
            a06 = a16 = a26 = V.Create(task.Bias[column + 6]);
            a07 = a17 = a27 = V.Create(task.Bias[column + 7]);
        }

        // The rows that come next, one of their three vectors in each tile.
        long ahead = (3 + column / 8 % 3) * V.Width;

        // Three pointers and multiples of the stride that an address can hold reach all eight columns of w.
        float* w = task.W + column * sn, w3 = w + 3 * sn, w6 = w3 + 3 * sn;
        for (int part = 0; part < task.Parts; part++)
        {
            float* x = (float*)task.X[part].Data + row;
            long sx = task.X[part].Stride, sk = task.StrideK;
            for (int k = task.X[part].Columns; k > 0; k--, x += sx, w += sk, w3 += sk, w6 += sk)
            {
                Expect(x + ahead);
                V x0 = V.Load(x), x1 = V.Load(x + V.Width), x2 = V.Load(x + 2 * V.Width);
                V b0 = V.Create(w[0]);
                V.AddProduct(ref a00, x0, b0);
                V.AddProduct(ref a10, x1, b0);
                V.AddProduct(ref a20, x2, b0);
                V b1 = V.Create(w[sn]);
                V.AddProduct(ref a01, x0, b1);
                V.AddProduct(ref a11, x1, b1);
                V.AddProduct(ref a21, x2, b1);
                V b2 = V.Create(w[2 * sn]);
                V.AddProduct(ref a02, x0, b2);
                V.AddProduct(ref a12, x1, b2);
                V.AddProduct(ref a22, x2, b2);
                V b3 = V.Create(w3[0]);
                V.AddProduct(ref a03, x0, b3);
                V.AddProduct(ref a13, x1, b3);
                V.AddProduct(ref a23, x2, b3);
                V b4 = V.Create(w3[sn]);
                V.AddProduct(ref a04, x0, b4);
                V.AddProduct(ref a14, x1, b4);
                V.AddProduct(ref a24, x2, b4);
                V b5 = V.Create(w3[2 * sn]);
                V.AddProduct(ref a05, x0, b5);
                V.AddProduct(ref a15, x1, b5);
                V.AddProduct(ref a25, x2, b5);
                V b6 = V.Create(w6[0]);
                V.AddProduct(ref a06, x0, b6);
                V.AddProduct(ref a16, x1, b6);
                V.AddProduct(ref a26, x2, b6);
                V b7 = V.Create(w6[sn]);
                V.AddProduct(ref a07, x0, b7);
                V.AddProduct(ref a17, x1, b7);
                V.AddProduct(ref a27, x2, b7);
            }
        }

        if (task.Rectify)
        {
            V zero = V.Create(0f);
            a00 = V.Max(zero, a00);
            a10 = V.Max(zero, a10);
            a20 = V.Max(zero, a20);
            a01 = V.Max(zero, a01);
            a11 = V.Max(zero, a11);
            a21 = V.Max(zero, a21);
            a02 = V.Max(zero, a02);
            a12 = V.Max(zero, a12);
            a22 = V.Max(zero, a22);
            a03 = V.Max(zero, a03);
            a13 = V.Max(zero, a13);
            a23 = V.Max(zero, a23);
            a04 = V.Max(zero, a04);
            a14 = V.Max(zero, a14);
            a24 = V.Max(zero, a24);
            a05 = V.Max(zero, a05);
            a15 = V.Max(zero, a15);
            a25 = V.Max(zero, a25);
            a06 = V.Max(zero, a06);
            a16 = V.Max(zero, a16);
            a26 = V.Max(zero, a26);
            a07 = V.Max(zero, a07);
            a17 = V.Max(zero, a17);
            a27 = V.Max(zero, a27);
        }
        else if (task.IsGated)
        {
            float* gate = y + task.Gate;
            a00 = Gated(a00, gate);
            a10 = Gated(a10, gate + V.Width);
            a20 = Gated(a20, gate + 2 * V.Width);
            a01 = Gated(a01, gate + sy);
            a11 = Gated(a11, gate + sy + V.Width);
            a21 = Gated(a21, gate + sy + 2 * V.Width);
            a02 = Gated(a02, gate + 2 * sy);
            a12 = Gated(a12, gate + 2 * sy + V.Width);
            a22 = Gated(a22, gate + 2 * sy + 2 * V.Width);
            a03 = Gated(a03, gate + 3 * sy);
            a13 = Gated(a13, gate + 3 * sy + V.Width);
            a23 = Gated(a23, gate + 3 * sy + 2 * V.Width);
            a04 = Gated(a04, gate + 4 * sy);
            a14 = Gated(a14, gate + 4 * sy + V.Width);
            a24 = Gated(a24, gate + 4 * sy + 2 * V.Width);
            a05 = Gated(a05, gate + 5 * sy);
            a15 = Gated(a15, gate + 5 * sy + V.Width);
            a25 = Gated(a25, gate + 5 * sy + 2 * V.Width);
            a06 = Gated(a06, gate + 6 * sy);
            a16 = Gated(a16, gate + 6 * sy + V.Width);
            a26 = Gated(a26, gate + 6 * sy + 2 * V.Width);
            a07 = Gated(a07, gate + 7 * sy);
            a17 = Gated(a17, gate + 7 * sy + V.Width);
            a27 = Gated(a27, gate + 7 * sy + 2 * V.Width);
        }

        V.Store(y, a00);
        V.Store(y + V.Width, a10);
        V.Store(y + 2 * V.Width, a20);
        V.Store(y + sy, a01);
        V.Store(y + sy + V.Width, a11);
        V.Store(y + sy + 2 * V.Width, a21);
        V.Store(y + 2 * sy, a02);
        V.Store(y + 2 * sy + V.Width, a12);
        V.Store(y + 2 * sy + 2 * V.Width, a22);
        V.Store(y + 3 * sy, a03);
        V.Store(y + 3 * sy + V.Width, a13);
        V.Store(y + 3 * sy + 2 * V.Width, a23);
        V.Store(y + 4 * sy, a04);
        V.Store(y + 4 * sy + V.Width, a14);
        V.Store(y + 4 * sy + 2 * V.Width, a24);
        V.Store(y + 5 * sy, a05);
        V.Store(y + 5 * sy + V.Width, a15);
        V.Store(y + 5 * sy + 2 * V.Width, a25);
        V.Store(y + 6 * sy, a06);
        V.Store(y + 6 * sy + V.Width, a16);
        V.Store(y + 6 * sy + 2 * V.Width, a26);
        V.Store(y + 7 * sy, a07);
        V.Store(y + 7 * sy + V.Width, a17);
        V.Store(y + 7 * sy + 2 * V.Width, a27);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x8(in ProductTask task, int row, int column)
    {
        long sn = task.StrideN, sy = task.StrideY;
        float* y = task.Y + row + column * sy;
        V a00, a10, a01, a11, a02, a12, a03, a13, a04, a14, a05, a15, a06, a16, a07, a17;
        if (task.Accumulate)
        {
            a00 = V.Load(y);
            a10 = V.Load(y + V.Width);
            a01 = V.Load(y + sy);
            a11 = V.Load(y + sy + V.Width);
            a02 = V.Load(y + 2 * sy);
            a12 = V.Load(y + 2 * sy + V.Width);
            a03 = V.Load(y + 3 * sy);
            a13 = V.Load(y + 3 * sy + V.Width);
            a04 = V.Load(y + 4 * sy);
            a14 = V.Load(y + 4 * sy + V.Width);
            a05 = V.Load(y + 5 * sy);
            a15 = V.Load(y + 5 * sy + V.Width);
            a06 = V.Load(y + 6 * sy);
            a16 = V.Load(y + 6 * sy + V.Width);
            a07 = V.Load(y + 7 * sy);
            a17 = V.Load(y + 7 * sy + V.Width);
        }
        else if (task.Bias == null)
        {
            a00 = a10 = a01 = a11 = a02 = a12 = a03 = a13 = a04 = a14 = a05 = a15 = a06 = a16 = a07 = a17 = V.Create(0f);
        }
        else
        {
            a00 = a10 = V.Create(task.Bias[column]);
            a01 = a11 = V.Create(task.Bias[column + 1]);
            a02 = a12 = V.Create(task.Bias[column + 2]);
            a03 = a13 = V.Create(task.Bias[column + 3]);
            a04 = a14 = V.Create(task.Bias[column + 4]);
            a05 = a15 = V.Create(task.Bias[column + 5]);
            a06 = a16 = V.Create(task.Bias[column + 6]);
            a07 = a17 = V.Create(task.Bias[column + 7]);
        }

        // The rows that come next, one of their two vectors in every other tile.
        long ahead = (column & 8) == 0 ? 2 * V.Width : 3 * V.Width;

        float* w = task.W + column * sn, w3 = w + 3 * sn, w6 = w3 + 3 * sn;
        for (int part = 0; part < task.Parts; part++)
        {
            float* x = (float*)task.X[part].Data + row;
            long sx = task.X[part].Stride, sk = task.StrideK;
            for (int k = task.X[part].Columns; k > 0; k--, x += sx, w += sk, w3 += sk, w6 += sk)
            {
                Expect(x + ahead);
                V x0 = V.Load(x), x1 = V.Load(x + V.Width);
                V b0 = V.Create(w[0]);
                V.AddProduct(ref a00, x0, b0);
                V.AddProduct(ref a10, x1, b0);
                V b1 = V.Create(w[sn]);
                V.AddProduct(ref a01, x0, b1);
                V.AddProduct(ref a11, x1, b1);
                V b2 = V.Create(w[2 * sn]);
                V.AddProduct(ref a02, x0, b2);
                V.AddProduct(ref a12, x1, b2);
                V b3 = V.Create(w3[0]);
                V.AddProduct(ref a03, x0, b3);
                V.AddProduct(ref a13, x1, b3);
                V b4 = V.Create(w3[sn]);
                V.AddProduct(ref a04, x0, b4);
                V.AddProduct(ref a14, x1, b4);
                V b5 = V.Create(w3[2 * sn]);
                V.AddProduct(ref a05, x0, b5);
                V.AddProduct(ref a15, x1, b5);
                V b6 = V.Create(w6[0]);
                V.AddProduct(ref a06, x0, b6);
                V.AddProduct(ref a16, x1, b6);
                V b7 = V.Create(w6[sn]);
                V.AddProduct(ref a07, x0, b7);
                V.AddProduct(ref a17, x1, b7);
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
            a06 = V.Max(zero, a06);
            a16 = V.Max(zero, a16);
            a07 = V.Max(zero, a07);
            a17 = V.Max(zero, a17);
        }
        else if (task.IsGated)
        {
            float* gate = y + task.Gate;
            a00 = Gated(a00, gate);
            a10 = Gated(a10, gate + V.Width);
            a01 = Gated(a01, gate + sy);
            a11 = Gated(a11, gate + sy + V.Width);
            a02 = Gated(a02, gate + 2 * sy);
            a12 = Gated(a12, gate + 2 * sy + V.Width);
            a03 = Gated(a03, gate + 3 * sy);
            a13 = Gated(a13, gate + 3 * sy + V.Width);
            a04 = Gated(a04, gate + 4 * sy);
            a14 = Gated(a14, gate + 4 * sy + V.Width);
            a05 = Gated(a05, gate + 5 * sy);
            a15 = Gated(a15, gate + 5 * sy + V.Width);
            a06 = Gated(a06, gate + 6 * sy);
            a16 = Gated(a16, gate + 6 * sy + V.Width);
            a07 = Gated(a07, gate + 7 * sy);
            a17 = Gated(a17, gate + 7 * sy + V.Width);
        }

        V.Store(y, a00);
        V.Store(y + V.Width, a10);
        V.Store(y + sy, a01);
        V.Store(y + sy + V.Width, a11);
        V.Store(y + 2 * sy, a02);
        V.Store(y + 2 * sy + V.Width, a12);
        V.Store(y + 3 * sy, a03);
        V.Store(y + 3 * sy + V.Width, a13);
        V.Store(y + 4 * sy, a04);
        V.Store(y + 4 * sy + V.Width, a14);
        V.Store(y + 5 * sy, a05);
        V.Store(y + 5 * sy + V.Width, a15);
        V.Store(y + 6 * sy, a06);
        V.Store(y + 6 * sy + V.Width, a16);
        V.Store(y + 7 * sy, a07);
        V.Store(y + 7 * sy + V.Width, a17);
    }
}
