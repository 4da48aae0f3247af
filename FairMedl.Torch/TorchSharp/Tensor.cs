using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Numbers in up to four dimensions, and their place in the graph that backward walks.</summary>
    public partial class Tensor : IDisposable
    {
        private static readonly Storage Disposed = Ended();

        internal Storage storage;
        internal nint address;
        internal Layout layout;
        internal readonly ScalarType type;

        /// <summary>The parts of a concatenation that was not yet needed as one block.</summary>
        internal Tensor[]? parts;

        internal bool requiresGradient, hasGradient, isWanted;

        /// <summary>Whether the gradient is already the one behind this result's own rectification.</summary>
        internal bool isGated;
        internal int record = -1;
        internal Tape? tape;
        internal nint gradient;
        internal Storage? gradientStorage;

        internal Tensor(Storage storage, nint address, in Layout layout, ScalarType type)
        {
            this.storage = storage;
            this.address = address;
            this.layout = layout;
            this.type = type;
        }

        /// <summary>The size of each dimension.</summary>
        public long[] shape => layout.Shape();

        public ScalarType dtype => type;

        public Device device => CPU;

        /// <summary>Whether gradients flow to (or through) this tensor.</summary>
        /// <exception cref="InvalidOperationException">A result of recorded operations cannot stop requiring its gradient; detach it.</exception>
        public bool requires_grad
        {
            get => requiresGradient;
            set
            {
                if (value && type != ScalarType.Float32) throw new InvalidOperationException($"Only float32 tensors have gradients, not {type}.");
                if (!value && !IsLeaf) throw new InvalidOperationException("Only leaves can stop requiring a gradient; use detach().");
                requiresGradient = value;
            }
        }

        internal bool IsLeaf => record < 0;

        internal Layout GradientLayout => layout.AsGradient();

        /// <summary>Returns the number of elements.</summary>
        public long numel() => layout.Count;

        /// <summary>Returns the number of dimensions.</summary>
        public long dim() => layout.Rank;

        public long size(int dimension) => layout.Sizes[layout.Dimension(dimension)];

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>This tensor: there is one device.</summary>
        /// <exception cref="InvalidOperationException">The device is not the processor.</exception>
        public Tensor to(Device device)
        {
            device.MustBeCpu();
            return this;
        }

        /// <summary>The same memory outside the graph.</summary>
        public Tensor detach()
        {
            if (parts is null || address != 0)
            {
                Ready().storage.IsShared = true;
                return new Tensor(storage, address, layout, type);
            }

            Tensor[] detached = new Tensor[parts.Length];
            for (int i = 0; i < parts.Length; i++) detached[i] = parts[i].detach();
            return new Tensor(Alive().storage, 0, layout, type) { parts = detached };
        }

        /// <summary>Takes this tensor out of the open scope: it lives as long as the scope outside it, or as long as it is held.</summary>
        /// <remarks>Its values move, its history does not: backward through it after the scope's end throws.</remarks>
        public Tensor MoveToOuterDisposeScope()
        {
            Workspace workspace = Workspace.Current;
            Ready();
            if (workspace.Scope is not null && !storage.IsHeap) workspace.Scope.MoveOut(this);
            return this;
        }

        /// <summary>Ends this tensor; others on the same memory stay.</summary>
        public void Dispose()
        {
            storage = Disposed;
            gradientStorage = null;
            GC.SuppressFinalize(this);
        }

        public override string ToString() => $"{type} {layout}";

        /// <summary>This tensor with its elements in memory.</summary>
        /// <exception cref="ObjectDisposedException">The tensor was disposed, or its scope has ended.</exception>
        internal Tensor Ready()
        {
            Alive();
            if (address == 0) Materialise();
            return this;
        }

        /// <summary>Allocates and fills the memory of a lazy tensor, such as a concatenation.</summary>
        private protected virtual void Materialise()
        {
            if (parts is not null) Concatenation.Materialise(this);
        }

        internal Tensor Alive() =>
            storage.IsAlive ? this : throw new ObjectDisposedException(nameof(Tensor), $"The tensor {layout} was disposed or its dispose scope has ended; MoveToOuterDisposeScope keeps a tensor.");

        /// <summary>This tensor, if it computes.</summary>
        internal Tensor Float() =>
            type == ScalarType.Float32 ? Ready() : throw new InvalidOperationException($"This operation needs float32, not {type} {layout}.");

        internal void MoveToHeap()
        {
            Storage own = Storage.OnHeap(layout.Extent * type.Bytes(), out nint moved);
            Layout dense = layout.IsDense ? layout : layout.AsPacked();
            Copying.Elements(type, Loop.Over(dense, layout), moved, address);
            (storage, address, layout) = (own, moved, dense);
        }

        /// <summary>Where this tensor's gradient is to be put, and whether something is there to which it must be added.</summary>
        /// <exception cref="InvalidOperationException">The graph behind this tensor was released.</exception>
        internal nint Receive(Workspace workspace, out bool accumulate)
        {
            accumulate = hasGradient;
            if (hasGradient) return gradient;
            hasGradient = true;
            if (gradient != 0) return gradient;
            long bytes = GradientLayout.Extent * sizeof(float);
            if (!IsLeaf)
            {
                MustBeRecorded();
                gradient = workspace.Allocate(bytes, out gradientStorage);
            }
            else if (workspace.Scope is not null && storage == workspace.Scope.Storage)
            {
                gradient = workspace.Allocate(bytes, out gradientStorage);
            }
            else
            {
                gradientStorage = Storage.OnHeap(bytes, out gradient);
            }

            return gradient;
        }

        /// <summary>Takes memory that holds this intermediate result's gradient as it.</summary>
        internal void Adopt(nint address, Storage keeper)
        {
            MustBeRecorded();
            (gradient, gradientStorage, hasGradient) = (address, keeper, true);
        }

        private void MustBeRecorded()
        {
            if (record >= tape!.Count || tape[record].Output != this)
                throw new InvalidOperationException(
                    "Trying to backward through the graph a second time, or after its dispose scope ended. Pass retain_graph: true to the first call, or call inside the scope.");
        }

        private static Storage Ended()
        {
            Storage ended = Storage.OfScope();
            ended.End();
            return ended;
        }
    }
}
