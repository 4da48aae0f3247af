using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>The same elements elsewhere.</summary>
internal static class Copying
{
    /// <summary>The elements of A in another order of memory.</summary>
    private static readonly Operation ReorderOperation = new("reorder", Backward);

    public static void Elements(torch.ScalarType type, in Loop loop, nint output, nint a)
    {
        switch (type.Bytes())
        {
            case 8: Strided.Copy<long>(loop, output, a); break;
            case 4: Strided.Copy<float>(loop, output, a); break;
            default: Strided.Copy<byte>(loop, output, a); break;
        }
    }

    /// <summary>Returns a copy in the given layout.</summary>
    public static torch.Tensor Reordered(torch.Tensor a, in Layout layout)
    {
        Workspace workspace = Workspace.Current;
        a.Ready();
        torch.Tensor copy = workspace.Make(layout, a.type);
        Elements(a.type, Loop.Over(layout, a.layout), copy.address, a.address);
        if (workspace.Needs(a)) workspace.Record(ReorderOperation, copy, a).Version = int.MinValue;
        return copy;
    }

    private static void Backward(Workspace workspace, in Record record) =>
        Engine.Backward.Flow(workspace, record.A!, record.Output.gradient, record.Output.GradientLayout);

    /// <summary>The tensor as kernels of columns take it: column-major with padded columns, copied if it must be.</summary>
    public static torch.Tensor Columns(torch.Tensor a) => a.layout.HasPaddedColumns ? a : Reordered(a, a.layout.AsResult());

    /// <summary>Writes into a tensor in place.</summary>
    /// <exception cref="InvalidOperationException">The tensor, or what is written, is part of a graph.</exception>
    public static void BeginWrite(torch.Tensor a, torch.Tensor? source = null)
    {
        a.Ready();
        if (a.layout.IsExpanded) throw new InvalidOperationException($"Elements of the expanded tensor {a.layout} stand for several and cannot be written; clone it first.");
        Workspace workspace = Workspace.Current;
        if (workspace.Needs(a) || workspace.Needs(source))
            throw new InvalidOperationException($"A tensor {a.layout} that is part of a graph cannot be changed in place; use no_grad().");
        a.storage.Version++;
    }
}
