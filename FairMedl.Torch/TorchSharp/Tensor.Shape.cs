using FairMedl.Torch.Engine;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A view of the elements that the indices name, dimension by dimension from the first.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get
            {
                Tensor view = this;
                int dimension = 0;
                if (indices.Length > layout.Rank) throw new ArgumentException($"{indices.Length} indices are too many for shape {layout}.", nameof(indices));
                foreach (TensorIndex index in indices)
                {
                    if (index.IsSingle) view = Views.Select(view, dimension, index.Start!.Value);
                    else view = Views.Slice(view, dimension++, index.Start, index.Stop, index.Step);
                }

                return view;
            }
        }

        /// <summary>The transpose of a matrix, as a view.</summary>
        public Tensor t() => layout.Rank <= 2
            ? Views.Transpose(this, 0, layout.Rank == 2 ? 1 : 0)
            : throw new ArgumentException($"t() transposes matrices, not shape {layout}.");

        public Tensor transpose(long dim0, long dim1) => Views.Transpose(this, dim0, dim1);

        public Tensor unsqueeze(long dim) => Views.Unsqueeze(this, dim);

        public Tensor squeeze(long dim) => Views.Squeeze(this, dim);

        /// <summary>A view that repeats dimensions of size 1; -1 keeps a size.</summary>
        public Tensor expand(params long[] sizes) => Views.Expand(this, sizes);

        /// <summary>The same elements, in row-major order, in another shape; one size may be -1.</summary>
        public Tensor reshape(params long[] shape) => Views.Reshape(this, shape, true);

        /// <summary>
        /// As reshape. Where the elements do not lie as the shape needs them the result is a copy: which results lie how
        /// is this backend's own affair, so torch's demand for contiguity has no counterpart here.
        /// </summary>
        public Tensor view(params long[] shape) => Views.Reshape(this, shape, true);

        public Tensor flatten() => Views.Reshape(this, [-1], true);

        public Tensor index_select(long dim, Tensor index) => Indexing.Select(this, dim, index);

        public Tensor gather(long dim, Tensor index) => Indexing.Gather(this, dim, index);

        /// <summary>Returns a copy with its own memory.</summary>
        public Tensor clone() => Copying.Reordered(this, Ready().layout.IsDense ? layout : layout.AsResult());
    }
}
