using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>Columns of a column-major matrix; several panels side by side are one left factor.</summary>
internal readonly record struct Panel(nint Data, int Stride, int Columns);

internal abstract unsafe partial class Kernel
{
    /// <summary>
    /// y (+)= x w + bias, then max(., 0) if asked: x [rows, k] as panels, w [k, n] with any strides, bias [n] or none,
    /// y [rows, n] column-major. Padded. Accumulation excludes bias and rectification. A gate, laid out as y or y itself, undoes
    /// a rectification on the way back: where it is not above 0, y becomes 0, regardless of what was accumulated.
    /// </summary>
    public abstract void Product(
        ReadOnlySpan<Panel> x, int rows, nint w, int strideK, int strideN, int n, nint bias, bool rectify, nint y, int strideY, bool accumulate, nint gate = 0);
}

/// <summary>One product's operands, for its tiles.</summary>
internal readonly unsafe struct ProductTask(
    Panel* x, int parts, float* w, int strideK, int strideN, float* bias, bool rectify, float* y, int strideY, bool accumulate, float* gate)
{
    public readonly Panel* X = x;
    public readonly float* W = w, Bias = bias, Y = y;
    public readonly int Parts = parts, StrideK = strideK, StrideN = strideN, StrideY = strideY;
    public readonly bool Rectify = rectify, Accumulate = accumulate, IsGated = gate != null;

    /// <summary>Floats from an element of y to its gate.</summary>
    public readonly long Gate = gate - y;
}

/// <summary>
/// The product in register tiles of r vectors of rows by c columns: r loads and c broadcasts feed r c multiply-adds,
/// in as many accumulators as the width has registers for (16 registers of 8 floats, 32 of 16).
/// </summary>
internal sealed unsafe partial class Kernel<V>
{
    public override void Product(
        ReadOnlySpan<Panel> x, int rows, nint w, int strideK, int strideN, int n, nint bias, bool rectify, nint y, int strideY, bool accumulate, nint gate)
    {
        fixed (Panel* panels = x)
        {
            ProductTask task = new(panels, x.Length, (float*)w, strideK, strideN, (float*)bias, rectify, (float*)y, strideY, accumulate, (float*)gate);
            int last = (rows + V.Width - 1) / V.Width * V.Width, wide = V.Width == Layout.Line ? n / 8 * 8 : 0;
            if (wide > 0) EightColumns(task, last, wide);
            if (wide == n) return;
            int row = 0;
            for (; row <= last - 4 * V.Width; row += 4 * V.Width) FourVectors(task, row, wide, n);
            for (; row < last; row += V.Width) OneVector(task, row, wide, n);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Gated(V value, float* gate) => V.And(V.GreaterThan(V.Load(gate), V.Create(0f)), value);

    private static void FourVectors(in ProductTask task, int row, int column, int n)
    {
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

    private static void OneVector(in ProductTask task, int row, int column, int n)
    {
        for (; column <= n - 4; column += 4) Tile1x4(task, row, column);
        for (; column <= n - 2; column += 2) Tile1x2(task, row, column);
        if (column < n) Tile1x1(task, row, column);
    }
}
