using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>The product's tiles of one or two columns.</summary>
internal sealed unsafe partial class Kernel<V>
{
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
                V.AddProduct(ref a00, x0, b0);
                V.AddProduct(ref a10, x1, b0);
                V.AddProduct(ref a20, x2, b0);
                V.AddProduct(ref a30, x3, b0);
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
        else if (task.IsGated)
        {
            float* gate = y + task.Gate;
            a00 = Gated(a00, gate);
            a10 = Gated(a10, gate + V.Width);
            a20 = Gated(a20, gate + 2 * V.Width);
            a30 = Gated(a30, gate + 3 * V.Width);
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
                V.AddProduct(ref a00, x0, b0);
                V.AddProduct(ref a10, x1, b0);
                V.AddProduct(ref a20, x2, b0);
                V.AddProduct(ref a30, x3, b0);
                V b1 = V.Create(w[sn]);
                V.AddProduct(ref a01, x0, b1);
                V.AddProduct(ref a11, x1, b1);
                V.AddProduct(ref a21, x2, b1);
                V.AddProduct(ref a31, x3, b1);
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
}
