using FairMedl.Torch.Kernels;

namespace TorchSharp.Utils;

/// <summary>Access to the elements of a tensor in row-major order, independent of its memory layout.</summary>
public readonly struct TensorAccessor<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;

    internal TensorAccessor(torch.Tensor tensor) => this.tensor = tensor.Typed<T>();

    public long Count => tensor.layout.Count;

    /// <summary>The element at this place of the row-major order.</summary>
    public T this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            long offset = 0;
            for (int i = tensor.layout.Rank - 1; i >= 0; i--)
            {
                (index, long place) = Math.DivRem(index, tensor.layout.Sizes[i]);
                offset += place * tensor.layout.Strides[i];
            }

            return Strided.Element<T>(tensor.Ready().address, offset);
        }
    }

    public T[] ToArray()
    {
        T[] values = new T[Count];
        tensor.Read<T>(values);
        return values;
    }

    /// <summary>Copies all elements to the start of an array.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0) => tensor.Read(array.AsSpan(arrayIndex, (int)Count));

    /// <summary>Overwrites all elements from the start of an array.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0) => tensor.Overwrite<T>(array.AsSpan(arrayIndex, (int)Count));
}
