using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<float>(rawArray, [rawArray.Length], ScalarType.Float32, dtype, device, requires_grad);

    /// <summary>Values in row-major order.</summary>
    public static Tensor tensor(float[] rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<float>(rawArray, dimensions, ScalarType.Float32, dtype, device, requires_grad);

    public static Tensor tensor(long[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<long>(rawArray, [rawArray.Length], ScalarType.Int64, dtype, device, requires_grad);

    public static Tensor tensor(long[] rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<long>(rawArray, dimensions, ScalarType.Int64, dtype, device, requires_grad);

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => full(size, 0, dtype, device, requires_grad);

    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => full([size], 0, dtype, device, requires_grad);

    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([rows, columns], 0, dtype, device, requires_grad);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => full(size, 1, dtype, device, requires_grad);

    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => full([size], 1, dtype, device, requires_grad);

    public static Tensor ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([rows, columns], 1, dtype, device, requires_grad);

    public static Tensor zeros_like(Tensor input) => zeros(input.shape, input.dtype);

    public static Tensor ones_like(Tensor input) => ones(input.shape, input.dtype);

    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        device?.MustBeCpu();
        Layout layout = Layout.Packed(size);
        Tensor tensor = Workspace.Current.Make(layout, dtype ?? ScalarType.Float32);
        switch (tensor.type)
        {
            case ScalarType.Int64: Strided.Fill(tensor.address, layout.Count, (long)value.Value); break;
            case ScalarType.Bool: Strided.Fill(tensor.address, layout.Count, value.Value != 0); break;
            default: Strided.Fill(tensor.address, layout.Count, value.Single); break;
        }

        return requires_grad ? tensor.requires_grad_() : tensor;
    }

    private static Tensor From<T>(T[] values, long[] dimensions, ScalarType type, ScalarType? wanted, Device? device, bool requires_grad) where T : unmanaged
    {
        device?.MustBeCpu();
        if (wanted is not null && wanted != type) throw new NotSupportedException($"Values of {type} make a tensor of {type}, not of {wanted}.");
        Layout layout = Layout.Packed(dimensions);
        if (layout.Count != values.Length) throw new ArgumentException($"{values.Length} values do not fit the {layout.Count} elements of shape {layout}.", nameof(values));
        Tensor tensor = Workspace.Current.Make(layout, type);
        Strided.Write<T>(layout, tensor.address, values);
        return requires_grad ? tensor.requires_grad_() : tensor;
    }
}
