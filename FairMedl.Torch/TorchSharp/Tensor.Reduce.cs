using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor other) => Products.Multiply(this, other);

        public Tensor bmm(Tensor batch2) => Products.Batched(this, batch2);

        public Tensor sum() => Reductions.Sum(this, [], false, false);

        public Tensor sum(long dim, bool keepdim = false) => Reductions.Sum(this, [dim], keepdim, false);

        public Tensor mean() => Reductions.Sum(this, [], false, true);

        public Tensor mean(long[] dimensions, bool keepdim = false) => Reductions.Sum(this, dimensions, keepdim, true);

        public Tensor max() => Reductions.Max(this);

        public Tensor norm() => Reductions.Norm(this);

        /// <summary>The one element of this tensor.</summary>
        /// <exception cref="InvalidOperationException">There are none or several, or they are of another type.</exception>
        public T item<T>() where T : unmanaged
        {
            Ready();
            if (layout.Count != 1) throw new InvalidOperationException($"Only a tensor of one element has an item(); this one has shape {layout}.");
            return data<T>()[0];
        }

        /// <summary>Access to the elements in row-major order.</summary>
        /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged => new(Ready());

        /// <summary>Adds the derivatives of this scalar to the gradients of the leaves it was computed from.</summary>
        public void backward() => Backward.Run(Workspace.Current, [this], [], false);

        internal void Read<T>(Span<T> destination) where T : unmanaged => Strided.Read(Checked<T>(destination.Length).layout, address, destination);

        internal void Overwrite<T>(ReadOnlySpan<T> source) where T : unmanaged
        {
            Checked<T>(source.Length);
            if (layout.IsExpanded) throw new InvalidOperationException($"Elements of the expanded tensor {layout} stand for several and cannot be written; clone it first.");
            storage.Version++;
            Strided.Write(layout, address, source);
        }

        internal Tensor Typed<T>() where T : unmanaged
        {
            bool fits = type switch
            {
                ScalarType.Float32 => typeof(T) == typeof(float),
                ScalarType.Int64 => typeof(T) == typeof(long),
                ScalarType.Bool => typeof(T) == typeof(bool),
                _ => false,
            };
            return fits ? Ready() : throw new InvalidOperationException($"The elements of {type} {layout} are not {typeof(T).Name}.");
        }

        private Tensor Checked<T>(int length) where T : unmanaged =>
            length == Typed<T>().layout.Count ? this : throw new ArgumentException($"{length} values do not fit the {layout.Count} elements of shape {layout}.");
    }
}
