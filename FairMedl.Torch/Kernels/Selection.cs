using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

internal abstract unsafe partial class Kernel
{
    /// <summary>y[b] = p[b, z[b]] + intercepts[z[b]], p [rows, clusters] column-major; y has consecutive rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A z is not one of the clusters.</exception>
    public abstract void Pick(nint p, int strideP, int clusters, nint intercepts, nint z, int strideZ, int rows, nint y);

    /// <summary>h[b, c] = g[b] where z[b] = c, otherwise 0: column-major, padded, with rows of the padding 0.</summary>
    public abstract void Spread(nint g, nint z, int strideZ, int rows, int clusters, nint h, int strideH);
}

internal sealed unsafe partial class Kernel<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Pick(nint p, int strideP, int clusters, nint intercepts, nint z, int strideZ, int rows, nint y)
    {
        for (int b = 0; b < rows; b++)
        {
            long cluster = ((long*)z)[(long)b * strideZ];
            if ((ulong)cluster >= (ulong)clusters) throw new ArgumentOutOfRangeException(nameof(z), $"Cluster {cluster} of row {b} is not one of 0 .. {clusters - 1}.");
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
}
