using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

internal abstract unsafe partial class Kernel
{
    /// <summary>y[b] = p[b, z[b]] + intercepts[z[b]], p [rows, clusters] column-major; y has consecutive rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A z is not one of the clusters.</exception>
    public abstract void Pick(nint p, int strideP, int clusters, nint intercepts, nint z, int strideZ, int rows, nint y);

    /// <summary>h[b, c] = g[b] where z[b] = c, otherwise 0: column-major, padded, with rows of the padding 0.</summary>
    public abstract void Spread(nint g, nint z, int strideZ, int rows, int clusters, nint h, int strideH);

    /// <summary>y[b] = slopes[z[b]] . x_b + intercepts[z[b]] for coded x; slopes with any strides, y has consecutive rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A z is not one of the clusters.</exception>
    public abstract void Select(in CodedRows x, nint slopes, int strideC, int strideD, int clusters, nint intercepts, nint z, int strideZ, nint y);

    /// <summary>The way back: slopes[z[b]] += g[b] x_b and intercepts[z[b]] += g[b]; an address of 0 is not wanted.</summary>
    public abstract void Scatter(in CodedRows x, nint g, nint z, int strideZ, nint slopes, int strideC, int strideD, nint intercepts);
}

internal sealed unsafe partial class Kernel<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Pick(nint p, int strideP, int clusters, nint intercepts, nint z, int strideZ, int rows, nint y)
    {
        for (int b = 0; b < rows; b++)
        {
            long cluster = ((long*)z)[(long)b * strideZ];
            if ((ulong)cluster >= (ulong)clusters) throw NoCluster(cluster, b, clusters);
            ((float*)y)[b] = ((float*)p)[b + cluster * strideP] + ((float*)intercepts)[cluster];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Spread(nint g, nint z, int strideZ, int rows, int clusters, nint h, int strideH)
    {
        int padded = (rows + Layout.Line - 1) & -Layout.Line;
        for (int c = 0; c < clusters; c++) Unsafe.InitBlockUnaligned((float*)h + (long)c * strideH, 0, (uint)padded * sizeof(float));
        for (int b = 0; b < rows; b++) ((float*)h)[b + ((long*)z)[(long)b * strideZ] * strideH] = ((float*)g)[b];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Select(in CodedRows x, nint slopes, int strideC, int strideD, int clusters, nint intercepts, nint z, int strideZ, nint y)
    {
        int* code = (int*)x.Codes, columns = (int*)x.NumberColumns;
        float* number = (float*)x.Numbers;
        int rows = x.Rows, perRow = x.PerRow, count = x.NumberCount, none = x.Width;
        for (int b = 0; b < rows; b++, code += perRow, number += count)
        {
            long cluster = ((long*)z)[(long)b * strideZ];
            if ((ulong)cluster >= (ulong)clusters) throw NoCluster(cluster, b, clusters);
            float* u = (float*)slopes + cluster * strideC;
            float sum = ((float*)intercepts)[cluster];
            for (int c = 0; c < perRow; c++) if (code[c] != none) sum += u[(long)code[c] * strideD];
            for (int m = 0; m < count; m++) sum += number[m] * u[(long)columns[m] * strideD];
            ((float*)y)[b] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Scatter(in CodedRows x, nint g, nint z, int strideZ, nint slopes, int strideC, int strideD, nint intercepts)
    {
        int* code = (int*)x.Codes, columns = (int*)x.NumberColumns;
        float* number = (float*)x.Numbers;
        int rows = x.Rows, perRow = x.PerRow, count = x.NumberCount, none = x.Width;
        for (int b = 0; b < rows; b++, code += perRow, number += count)
        {
            long cluster = ((long*)z)[(long)b * strideZ];
            float flow = ((float*)g)[b];
            if (intercepts != 0) ((float*)intercepts)[cluster] += flow;
            if (slopes == 0) continue;
            float* u = (float*)slopes + cluster * strideC;
            for (int c = 0; c < perRow; c++) if (code[c] != none) u[(long)code[c] * strideD] += flow;
            for (int m = 0; m < count; m++) u[(long)columns[m] * strideD] += number[m] * flow;
        }
    }

    private static ArgumentOutOfRangeException NoCluster(long cluster, int row, int clusters) =>
        new(nameof(cluster), $"Cluster {cluster} of row {row} is not one of 0 .. {clusters - 1}.");
}
