using static TorchSharp.torch;
#if TORCH_MANAGED
using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
#endif

namespace FairMedl.Torch;

public static partial class Fused
{
    /// <summary>[rows, columns] from column-major values: column j starts at j * stride.</summary>
    /// <exception cref="ArgumentException">There are fewer values than that.</exception>
    public static Tensor FromColumns(ReadOnlySpan<float> values, int rows, int columns, int stride)
    {
#if TORCH_MANAGED
        Composed.CheckColumns(values.Length, rows, columns, stride);
        return Columns(values, rows, columns, stride, ScalarType.Float32);
#else
        return Composed.FromColumns(values, rows, columns, stride);
#endif
    }

    /// <summary>int64 [rows, columns] from column-major labels: column j starts at j * stride.</summary>
    /// <exception cref="ArgumentException">There are fewer values than that.</exception>
    public static Tensor LabelsFromColumns(ReadOnlySpan<long> values, int rows, int columns, int stride)
    {
#if TORCH_MANAGED
        Composed.CheckColumns(values.Length, rows, columns, stride);
        return Columns(values, rows, columns, stride, ScalarType.Int64);
#else
        return Composed.LabelsFromColumns(values, rows, columns, stride);
#endif
    }

#if TORCH_MANAGED
    private static Tensor Columns<T>(ReadOnlySpan<T> values, int rows, int columns, int stride, ScalarType type) where T : unmanaged
    {
        Tensor x = Workspace.Current.Make(Layout.Columns(rows, columns), type);
        nint column = (nint)x.layout.Strides[1] * type.Bytes();
        Layout run = Layout.Packed([rows]);
        for (int j = 0; j < columns; j++) Strided.Write(run, x.address + j * column, values.Slice(j * stride, rows));
        return x;
    }
#endif
}

public static partial class Composed
{
    /// <inheritdoc cref="Fused.FromColumns"/>
    public static Tensor FromColumns(ReadOnlySpan<float> values, int rows, int columns, int stride)
    {
        CheckColumns(values.Length, rows, columns, stride);
        return tensor(Gathered(values, rows, columns, stride), new long[] { columns, rows }).t();
    }

    /// <inheritdoc cref="Fused.LabelsFromColumns"/>
    public static Tensor LabelsFromColumns(ReadOnlySpan<long> values, int rows, int columns, int stride)
    {
        CheckColumns(values.Length, rows, columns, stride);
        return tensor(Gathered(values, rows, columns, stride), new long[] { columns, rows }).t();
    }

    internal static void CheckColumns(int length, int rows, int columns, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, rows);
        if (columns > 0 && length < (long)(columns - 1) * stride + rows)
            throw new ArgumentException($"{length} values do not hold {columns} columns of {rows} rows that start every {stride} values.");
    }

    private static T[] Gathered<T>(ReadOnlySpan<T> values, int rows, int columns, int stride)
    {
        T[] packed = new T[rows * columns];
        for (int j = 0; j < columns; j++) values.Slice(j * stride, rows).CopyTo(packed.AsSpan(j * rows));
        return packed;
    }
}
