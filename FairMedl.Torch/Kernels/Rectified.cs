using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FairMedl.Torch.Kernels;

internal abstract unsafe partial class Kernel
{
    /// <summary>
    /// The way back through activation and bias in one pass: g = g where y > 0 (in place, if rectified), and bias[j] (+)= the
    /// sum of g's column j if a bias is given. Both [rows, columns] column-major, padded.
    /// </summary>
    public abstract void MaskAndSum(nint g, int strideG, nint y, int strideY, int rows, int columns, bool rectified, nint bias, bool accumulate);
}

internal sealed unsafe partial class Kernel<V>
{
    public override void MaskAndSum(nint g, int strideG, nint y, int strideY, int rows, int columns, bool rectified, nint bias, bool accumulate)
    {
        int c = 0;
        for (; c <= columns - 4; c += 4)
        {
            float* gc = (float*)g + (long)c * strideG, yc = (float*)y + (long)c * strideY;
            Vector128<float> sums = default;
            for (int row = 0; row < rows; row += Block) sums += MaskAndSum4(gc + row, strideG, yc + row, strideY, Math.Min(Block, rows - row), rectified);
            if (bias != 0) Put((float*)bias + c, 1, sums, accumulate);
        }

        for (; c < columns; c++)
        {
            float* gc = (float*)g + (long)c * strideG, yc = (float*)y + (long)c * strideY;
            float sum = 0;
            for (int row = 0; row < rows; row += Block) sum += MaskAndSum1(gc + row, yc + row, Math.Min(Block, rows - row), rectified);
            if (bias != 0) Put((float*)bias + c, sum, accumulate);
        }
    }

    /// <summary>Four columns at once: their sums do not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<float> MaskAndSum4(float* g, long sg, float* y, long sy, int rows, bool rectified)
    {
        V s0 = default, s1 = default, s2 = default, s3 = default;
        int row = 0;
        if (rectified)
        {
            for (; row <= rows - V.Width; row += V.Width, g += V.Width, y += V.Width)
            {
                s0 += Masked(g, y);
                s1 += Masked(g + sg, y + sy);
                s2 += Masked(g + 2 * sg, y + 2 * sy);
                s3 += Masked(g + 3 * sg, y + 3 * sy);
            }
        }
        else
        {
            for (; row <= rows - V.Width; row += V.Width, g += V.Width, y += V.Width)
            {
                s0 += V.Load(g);
                s1 += V.Load(g + sg);
                s2 += V.Load(g + 2 * sg);
                s3 += V.Load(g + 3 * sg);
            }
        }

        if (row < rows)
        {
            V live = V.First(rows - row);
            s0 += Tail(g, y, live, rectified);
            s1 += Tail(g + sg, y + sy, live, rectified);
            s2 += Tail(g + 2 * sg, y + 2 * sy, live, rectified);
            s3 += Tail(g + 3 * sg, y + 3 * sy, live, rectified);
        }

        return V.Sum(s0, s1, s2, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MaskAndSum1(float* g, float* y, int rows, bool rectified)
    {
        V sum = default;
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width) sum += rectified ? Masked(g + row, y + row) : V.Load(g + row);
        if (row < rows) sum += Tail(g + row, y + row, V.First(rows - row), rectified);
        return V.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Masked(float* g, float* y)
    {
        V v = V.And(V.GreaterThan(V.Load(y), V.Create(0f)), V.Load(g));
        V.Store(g, v);
        return v;
    }

    /// <summary>The last rows, without those of the padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Tail(float* g, float* y, V live, bool rectified)
    {
        V v = V.And(live, V.Load(g));
        if (!rectified) return v;
        v = V.And(V.GreaterThan(V.Load(y), V.Create(0f)), v);
        V.Store(g, v);
        return v;
    }
}
