using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>The product's tiles of four and six columns.</summary>
internal sealed unsafe partial class Kernel<V>
{
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
                V.AddProduct(ref a00, x0, b0);
                V.AddProduct(ref a10, x1, b0);
                V b1 = V.Create(w[sn]);
                V.AddProduct(ref a01, x0, b1);
                V.AddProduct(ref a11, x1, b1);
                V b2 = V.Create(w[2 * sn]);
                V.AddProduct(ref a02, x0, b2);
                V.AddProduct(ref a12, x1, b2);
                V b3 = V.Create(w[3 * sn]);
                V.AddProduct(ref a03, x0, b3);
                V.AddProduct(ref a13, x1, b3);
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
        else if (task.IsGated)
        {
            float* gate = y + task.Gate;
            a00 = Gated(a00, gate);
            a10 = Gated(a10, gate + V.Width);
            a01 = Gated(a01, gate + task.StrideY);
            a11 = Gated(a11, gate + task.StrideY + V.Width);
            a02 = Gated(a02, gate + 2L * task.StrideY);
            a12 = Gated(a12, gate + 2L * task.StrideY + V.Width);
            a03 = Gated(a03, gate + 3L * task.StrideY);
            a13 = Gated(a13, gate + 3L * task.StrideY + V.Width);
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
                V.AddProduct(ref a00, x0, b0);
                V.AddProduct(ref a10, x1, b0);
                V b1 = V.Create(w[sn]);
                V.AddProduct(ref a01, x0, b1);
                V.AddProduct(ref a11, x1, b1);
                V b2 = V.Create(w[2 * sn]);
                V.AddProduct(ref a02, x0, b2);
                V.AddProduct(ref a12, x1, b2);
                V b3 = V.Create(w[3 * sn]);
                V.AddProduct(ref a03, x0, b3);
                V.AddProduct(ref a13, x1, b3);
                V b4 = V.Create(w[4 * sn]);
                V.AddProduct(ref a04, x0, b4);
                V.AddProduct(ref a14, x1, b4);
                V b5 = V.Create(w[5 * sn]);
                V.AddProduct(ref a05, x0, b5);
                V.AddProduct(ref a15, x1, b5);
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
        else if (task.IsGated)
        {
            float* gate = y + task.Gate;
            a00 = Gated(a00, gate);
            a10 = Gated(a10, gate + V.Width);
            a01 = Gated(a01, gate + task.StrideY);
            a11 = Gated(a11, gate + task.StrideY + V.Width);
            a02 = Gated(a02, gate + 2L * task.StrideY);
            a12 = Gated(a12, gate + 2L * task.StrideY + V.Width);
            a03 = Gated(a03, gate + 3L * task.StrideY);
            a13 = Gated(a13, gate + 3L * task.StrideY + V.Width);
            a04 = Gated(a04, gate + 4L * task.StrideY);
            a14 = Gated(a14, gate + 4L * task.StrideY + V.Width);
            a05 = Gated(a05, gate + 5L * task.StrideY);
            a15 = Gated(a15, gate + 5L * task.StrideY + V.Width);
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
                V.AddProduct(ref a00, x0, b0);
                V.AddProduct(ref a10, x1, b0);
                V.AddProduct(ref a20, x2, b0);
                V.AddProduct(ref a30, x3, b0);
                V b1 = V.Create(w[sn]);
                V.AddProduct(ref a01, x0, b1);
                V.AddProduct(ref a11, x1, b1);
                V.AddProduct(ref a21, x2, b1);
                V.AddProduct(ref a31, x3, b1);
                V b2 = V.Create(w[2 * sn]);
                V.AddProduct(ref a02, x0, b2);
                V.AddProduct(ref a12, x1, b2);
                V.AddProduct(ref a22, x2, b2);
                V.AddProduct(ref a32, x3, b2);
                V b3 = V.Create(w[3 * sn]);
                V.AddProduct(ref a03, x0, b3);
                V.AddProduct(ref a13, x1, b3);
                V.AddProduct(ref a23, x2, b3);
                V.AddProduct(ref a33, x3, b3);
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
        else if (task.IsGated)
        {
            float* gate = y + task.Gate;
            a00 = Gated(a00, gate);
            a10 = Gated(a10, gate + V.Width);
            a20 = Gated(a20, gate + 2 * V.Width);
            a30 = Gated(a30, gate + 3 * V.Width);
            a01 = Gated(a01, gate + task.StrideY);
            a11 = Gated(a11, gate + task.StrideY + V.Width);
            a21 = Gated(a21, gate + task.StrideY + 2 * V.Width);
            a31 = Gated(a31, gate + task.StrideY + 3 * V.Width);
            a02 = Gated(a02, gate + 2L * task.StrideY);
            a12 = Gated(a12, gate + 2L * task.StrideY + V.Width);
            a22 = Gated(a22, gate + 2L * task.StrideY + 2 * V.Width);
            a32 = Gated(a32, gate + 2L * task.StrideY + 3 * V.Width);
            a03 = Gated(a03, gate + 3L * task.StrideY);
            a13 = Gated(a13, gate + 3L * task.StrideY + V.Width);
            a23 = Gated(a23, gate + 3L * task.StrideY + 2 * V.Width);
            a33 = Gated(a33, gate + 3L * task.StrideY + 3 * V.Width);
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
}
