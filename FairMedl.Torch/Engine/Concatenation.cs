using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>Tensors side by side.</summary>
internal static class Concatenation
{
    /// <summary>Many, side by side along dimension I.</summary>
    private static readonly Operation JoinOperation = new("join", Backward);

    public static torch.Tensor Cat(IReadOnlyList<torch.Tensor> given, long dimension)
    {
        torch.Tensor y = Lazy(given, dimension, out int at);
        Materialise(y, at);
        return y;
    }

    public static torch.Tensor Stack(IReadOnlyList<torch.Tensor> given, long dimension)
    {
        if (given.Count == 0) throw new ArgumentException("There is nothing to stack.", nameof(given));
        foreach (torch.Tensor part in given)
        {
            if (!part.layout.SameSizes(given[0].layout)) throw new ArgumentException($"Tensors of the shapes {given[0].layout} and {part.layout} cannot be stacked.", nameof(given));
        }

        torch.Tensor[] raised = new torch.Tensor[given.Count];
        for (int i = 0; i < raised.Length; i++) raised[i] = Views.Unsqueeze(given[i], dimension < 0 ? dimension + given[i].layout.Rank + 1 : dimension);
        return Cat(raised, dimension < 0 ? dimension + given[0].layout.Rank + 1 : dimension);
    }

    /// <summary>Returns the concatenation as a list of parts; memory is allocated on first use.</summary>
    public static torch.Tensor Lazy(IReadOnlyList<torch.Tensor> given, long dimension, out int at)
    {
        Workspace workspace = Workspace.Current;
        if (given.Count == 0) throw new ArgumentException("There is nothing to concatenate.", nameof(given));
        torch.Tensor first = given[0];
        at = first.layout.Dimension(dimension);
        if (first.layout.Rank == 0) throw new ArgumentException("Tensors without dimensions cannot be concatenated.", nameof(given));
        Layout layout = first.layout;
        bool needs = false;
        torch.Tensor[] parts = new torch.Tensor[given.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            torch.Tensor part = parts[i] = given[i].Ready();
            if (part.type != first.type) throw new ArgumentException($"Tensors of {first.type} and {part.type} cannot be concatenated.", nameof(given));
            Layout other = part.layout;
            if (i > 0) layout.Sizes[at] = checked(layout.Sizes[at] + other.Sizes[at]);
            other.Sizes[at] = layout.Sizes[at];
            if (!other.SameSizes(layout)) throw new ArgumentException($"Tensors of the shapes {first.layout} and {part.layout} cannot be concatenated along dimension {at}.", nameof(given));
            needs |= workspace.Needs(part);
        }

        torch.Tensor y = new(Life(workspace, parts), 0, layout.AsResult(), first.type) { parts = parts };
        if (!needs) return y;
        ref Record record = ref workspace.Record(JoinOperation, y, null, many: parts);
        record.I = at;
        record.Version = int.MinValue;
        return y;
    }

    /// <summary>Allocates and fills the memory of the concatenation.</summary>
    public static void Materialise(torch.Tensor y, int along = 1)
    {
        torch.Tensor[] parts = y.parts!;
        y.address = Workspace.Current.Allocate(y.layout.Extent * y.type.Bytes(), out y.storage);
        nint at = y.address;
        foreach (torch.Tensor part in parts)
        {
            Layout place = part.Ready().layout;
            place.Strides = y.layout.Strides;
            Copying.Elements(y.type, Loop.Over(place, part.layout), at, part.address);
            at += (nint)part.layout.Sizes[along] * y.layout.Strides[along] * y.type.Bytes();
        }

        y.parts = null;
    }

    private static void Backward(Workspace workspace, in Record record)
    {
        torch.Tensor y = record.Output;
        Layout layout = y.GradientLayout;
        nint at = y.gradient;
        foreach (torch.Tensor part in record.Many!)
        {
            Layout place = part.layout;
            place.Strides = layout.Strides;
            Engine.Backward.Flow(workspace, part, at, place);
            at += (nint)part.layout.Sizes[record.I] * layout.Strides[record.I] * sizeof(float);
        }
    }

    private static Storage Life(Workspace workspace, torch.Tensor[] parts) => workspace.Scope?.Storage ?? parts[0].storage;
}
