using FairMedl.Torch.Kernels;

namespace TorchSharp.Modules;

/// <summary>A trainable tensor of a module. Its memory is on the heap, independent of dispose scopes.</summary>
public sealed class Parameter : torch.Tensor
{
    internal Parameter(torch.Tensor data, bool requires_grad) : base(data.Ready().storage, data.address, data.layout, data.type)
    {
        if (!storage.IsHeap || !layout.IsPacked)
        {
            Storage own = Storage.OnHeap(layout.Count * type.Bytes(), out nint moved);
            FairMedl.Torch.Engine.Copying.Elements(type, Loop.Over(layout.AsPacked(), layout), moved, address);
            (storage, address, layout) = (own, moved, layout.AsPacked());
        }
        else
        {
            // The tensor that was given lives on the same elements.
            storage.IsShared = true;
        }

        this.requires_grad = requires_grad;
    }

    /// <summary>Whether the elements can move: no other tensor is on them, and no gradient has a place yet.</summary>
    internal bool IsMovable => !storage.IsShared && gradient == 0 && type == torch.ScalarType.Float32;

    /// <summary>Moves the elements, and gives the gradient the place where it is going to be.</summary>
    internal void MoveTo(Storage block, nint at, Storage gradientBlock, nint gradientAt)
    {
        Strided.Copy<float>(Loop.Over(layout, layout), at, address);
        (storage, address) = (Storage.PartOf(block), at);
        (gradientStorage, gradient) = (gradientBlock, gradientAt);
    }
}
