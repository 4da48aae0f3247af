using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>Tensors on another tensor's memory: transposes, slices, repeats, other shapes.</summary>
internal static class Views
{
    /// <summary>Elements of A's own memory.</summary>
    private static readonly Operation ViewOperation = new("view", Backward);

    public static torch.Tensor Of(torch.Tensor a, in Layout layout, long offset = 0)
    {
        Workspace workspace = Workspace.Current;
        a.storage.IsShared = true;
        torch.Tensor view = new(a.storage, a.address + (nint)(offset * a.type.Bytes()), layout, a.type);
        if (!workspace.Needs(a)) return view;
        ref Record record = ref workspace.Record(ViewOperation, view, a);
        record.Version = int.MinValue;
        return view;
    }

    /// <summary>Returns a tensor of which a view can be taken: one with the same layout as its gradient.</summary>
    public static torch.Tensor Base(torch.Tensor a) =>
        a.Ready().layout.IsExpanded && Workspace.Current.Needs(a) ? Copying.Reordered(a, a.layout.AsResult()) : a;

    /// <summary>The gradient of the elements seen is added at their place in the gradient of all.</summary>
    private static void Backward(Workspace workspace, in Record record)
    {
        torch.Tensor a = record.A!, view = record.Output;
        if (!workspace.Wants(a)) return;
        nint at = a.Receive(workspace, out bool accumulate);
        if (!accumulate) Strided.Fill(at, a.GradientLayout.Extent, 0f);
        nint seen = at + (view.address - a.address);
        workspace.Kernel.Sum(Loop.Over(view.layout, view.GradientLayout), seen, view.gradient, 1);
    }

    public static torch.Tensor Transpose(torch.Tensor a, long first, long second)
    {
        a = Base(a);
        int i = a.layout.Dimension(first), j = a.layout.Dimension(second);
        if (a.layout.Rank == 0) return Of(a, a.layout);
        Layout layout = a.layout;
        (layout.Sizes[i], layout.Sizes[j]) = (layout.Sizes[j], layout.Sizes[i]);
        (layout.Strides[i], layout.Strides[j]) = (layout.Strides[j], layout.Strides[i]);
        return Of(a, layout);
    }

    public static torch.Tensor Expand(torch.Tensor a, ReadOnlySpan<long> sizes)
    {
        a = Base(a);
        Layout target = default;
        target.Rank = sizes.Length;
        if (sizes.Length > Layout.MaximumRank) throw new NotSupportedException($"Tensors have at most {Layout.MaximumRank} dimensions, not {sizes.Length}.");
        for (int i = 0; i < sizes.Length; i++)
        {
            int own = i - (sizes.Length - a.layout.Rank);
            if (sizes[i] == -1 && own < 0) throw new ArgumentException($"Shape {a.layout} has no dimension for the -1 at place {i}.", nameof(sizes));
            target.Sizes[i] = sizes[i] == -1 ? a.layout.Sizes[own] : checked((int)sizes[i]);
        }

        return Of(a, a.layout.Expand(target));
    }

    public static torch.Tensor Unsqueeze(torch.Tensor a, long dimension)
    {
        a = Base(a);
        Layout layout = default;
        if (a.layout.Rank == Layout.MaximumRank) throw new NotSupportedException($"Tensors have at most {Layout.MaximumRank} dimensions.");
        layout.Rank = a.layout.Rank + 1;
        int at = layout.Dimension(dimension);
        for (int i = 0; i < layout.Rank; i++)
        {
            int own = i < at ? i : i - 1;
            layout.Sizes[i] = i == at ? 1 : a.layout.Sizes[own];
            layout.Strides[i] = i == at ? 1 : a.layout.Strides[own];
        }

        return Of(a, layout);
    }

    public static torch.Tensor Squeeze(torch.Tensor a, long dimension)
    {
        a = Base(a);
        int at = a.layout.Dimension(dimension);
        if (a.layout.Rank == 0 || a.layout.Sizes[at] != 1) return Of(a, a.layout);
        return Of(a, Without(a.layout, at));
    }

    public static torch.Tensor Slice(torch.Tensor a, long dimension, long? start, long? stop, long step)
    {
        a = Base(a);
        int at = Indexed(a, dimension);
        long size = a.layout.Sizes[at];
        long from = Math.Clamp(start is < 0 ? start.Value + size : start ?? 0, 0, size);
        long to = Math.Clamp(stop is < 0 ? stop.Value + size : stop ?? size, from, size);
        Layout layout = a.layout;
        layout.Sizes[at] = (int)((to - from + step - 1) / step);
        layout.Strides[at] = checked((int)(a.layout.Strides[at] * step));
        return Of(a, layout, from * a.layout.Strides[at]);
    }

    public static torch.Tensor Select(torch.Tensor a, long dimension, long index)
    {
        a = Base(a);
        int at = Indexed(a, dimension);
        long size = a.layout.Sizes[at], place = index < 0 ? index + size : index;
        if (place < 0 || place >= size) throw new ArgumentOutOfRangeException(nameof(index), $"Index {index} is out of range for dimension {at} of shape {a.layout}.");
        return Of(a, Without(a.layout, at), place * a.layout.Strides[at]);
    }

    /// <summary>Another shape for the same elements in row-major order: a view where the strides allow it, otherwise a copy.</summary>
    public static torch.Tensor Reshape(torch.Tensor a, ReadOnlySpan<long> sizes, bool mayCopy)
    {
        a = Base(a);
        Layout target = Shape(a.layout, sizes);
        if (!TryView(a.layout, ref target))
        {
            if (!mayCopy)
                throw new ArgumentException($"A tensor of shape {a.layout} whose elements do not lie in that order cannot be viewed as {target}; use reshape.", nameof(sizes));
            return Of(Copying.Reordered(a, a.layout.AsPacked()), target.AsPacked());
        }

        return Of(a, target);
    }

    private static int Indexed(torch.Tensor a, long dimension) =>
        a.layout.Rank > 0 ? a.layout.Dimension(dimension) : throw new ArgumentException("A tensor without dimensions cannot be indexed.", nameof(dimension));

    private static Layout Without(in Layout layout, int dimension)
    {
        Layout rest = default;
        for (int i = 0; i < layout.Rank; i++)
        {
            if (i == dimension) continue;
            rest.Sizes[rest.Rank] = layout.Sizes[i];
            rest.Strides[rest.Rank++] = layout.Strides[i];
        }

        return rest;
    }

    private static Layout Shape(in Layout own, ReadOnlySpan<long> sizes)
    {
        Span<long> given = stackalloc long[Layout.MaximumRank];
        if (sizes.Length > Layout.MaximumRank) throw new NotSupportedException($"Tensors have at most {Layout.MaximumRank} dimensions, not {sizes.Length}.");
        long known = 1;
        int open = -1;
        for (int i = 0; i < sizes.Length; i++)
        {
            given[i] = sizes[i];
            if (sizes[i] != -1) known *= sizes[i];
            else if (open < 0) open = i;
            else throw new ArgumentException("Only one dimension can be -1.", nameof(sizes));
        }

        long count = own.Count;
        if (open >= 0 && known > 0 && count % known == 0) known *= given[open] = count / known;
        if (known != count || given[..sizes.Length].Contains(-1))
            throw new ArgumentException($"Shape [{string.Join(", ", sizes.ToArray())}] is invalid for the {count} elements of shape {own}.", nameof(sizes));
        return Layout.Packed(given[..sizes.Length]);
    }

    /// <summary>Finds strides for the target's sizes over the same memory: runs of dimensions are matched from the end.</summary>
    private static bool TryView(in Layout own, ref Layout target)
    {
        if (own.Count == 0) return true;
        Layout strided = target;
        int i = own.Rank - 1, j = target.Rank - 1;
        while (j >= 0)
        {
            while (i >= 0 && own.Sizes[i] == 1) i--;
            if (target.Sizes[j] == 1)
            {
                strided.Strides[j--] = 1;
                continue;
            }

            // The smallest runs of both that hold equally many elements.
            long stride = own.Strides[i], mine = own.Sizes[i], theirs = target.Sizes[j];
            strided.Strides[j] = (int)stride;
            while (mine != theirs)
            {
                if (mine < theirs)
                {
                    int outer = i - 1;
                    while (outer >= 0 && own.Sizes[outer] == 1) outer--;
                    if (own.Strides[outer] != stride * mine) return false;
                    mine *= own.Sizes[outer];
                    i = outer;
                }
                else
                {
                    if (mine % theirs != 0) return false;
                    j--;
                    strided.Strides[j] = checked((int)(stride * theirs));
                    theirs *= target.Sizes[j];
                }
            }

            i--;
            j--;
        }

        target = strided;
        return true;
    }
}
