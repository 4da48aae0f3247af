using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>The product's tiles of one vector of rows, for the last rows.</summary>
internal sealed unsafe partial class Kernel<V>
{
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
                V.AddProduct(ref a00, x0, b0);
            }
        }

        if (task.Rectify)
        {
            V zero = V.Create(0f);
            a00 = V.Max(zero, a00);
        }
        else if (task.IsGated)
        {
            float* gate = y + task.Gate;
            a00 = Gated(a00, gate);
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
                V.AddProduct(ref a00, x0, b0);
                V b1 = V.Create(w[sn]);
                V.AddProduct(ref a01, x0, b1);
            }
        }

        if (task.Rectify)
        {
            V zero = V.Create(0f);
            a00 = V.Max(zero, a00);
            a01 = V.Max(zero, a01);
        }
        else if (task.IsGated)
        {
            float* gate = y + task.Gate;
            a00 = Gated(a00, gate);
            a01 = Gated(a01, gate + task.StrideY);
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
                V.AddProduct(ref a00, x0, b0);
                V b1 = V.Create(w[sn]);
                V.AddProduct(ref a01, x0, b1);
                V b2 = V.Create(w[2 * sn]);
                V.AddProduct(ref a02, x0, b2);
                V b3 = V.Create(w[3 * sn]);
                V.AddProduct(ref a03, x0, b3);
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
        else if (task.IsGated)
        {
            float* gate = y + task.Gate;
            a00 = Gated(a00, gate);
            a01 = Gated(a01, gate + task.StrideY);
            a02 = Gated(a02, gate + 2L * task.StrideY);
            a03 = Gated(a03, gate + 3L * task.StrideY);
        }

        V.Store(y, a00);
        V.Store(y + task.StrideY, a01);
        V.Store(y + 2L * task.StrideY, a02);
        V.Store(y + 3L * task.StrideY, a03);
    }
}
