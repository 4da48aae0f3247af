using System.Runtime.CompilerServices;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void MaskAndSum(nint g, int strideG, nint y, int strideY, int rows, int columns, bool rectified, nint bias, bool accumulate)
    {
        V zero = V.Create(0f);
        int whole = rows / V.Width * V.Width;
        for (int c = 0; c < columns; c++)
        {
            float* gc = (float*)g + (long)c * strideG, yc = (float*)y + (long)c * strideY;
            V sum = default;
            double total = 0;
            for (int row = 0; row < whole; row += V.Width)
            {
                V v = V.Load(gc + row);
                if (rectified)
                {
                    v = V.And(V.GreaterThan(V.Load(yc + row), zero), v);
                    V.Store(gc + row, v);
                }

                sum += v;
                if ((row & (Block - 1)) == Block - V.Width)
                {
                    total += V.Sum(sum);
                    sum = default;
                }
            }

            if (whole < rows)
            {
                V v = V.And(V.First(rows - whole), V.Load(gc + whole));
                if (rectified)
                {
                    v = V.And(V.GreaterThan(V.Load(yc + whole), zero), v);
                    V.Store(gc + whole, v);
                }

                sum += v;
            }

            if (bias != 0) Put((float*)bias + c, (float)(total + V.Sum(sum)), accumulate);
        }
    }
}
