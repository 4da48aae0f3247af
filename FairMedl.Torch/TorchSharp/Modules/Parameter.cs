using FairMedl.Torch.Kernels;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns. It has memory of its own on the heap, whatever scope it was made in.</summary>
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

        this.requires_grad = requires_grad;
    }
}
