using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>Comparisons, conditions and indices.</summary>
internal static class Indexing
{
    /// <summary>B where A, otherwise C.</summary>
    private static readonly Operation WhereOperation = new("where", WhereBackward);

    /// <summary>Elements of A picked by B along dimension I.</summary>
    private static readonly Operation GatherOperation = new("gather", GatherBackward);

    public static torch.Tensor Greater(torch.Tensor a, torch.Tensor b)
    {
        Workspace workspace = Workspace.Current;
        a.Float();
        b.Float();
        Layout layout = Layout.Broadcast(a.layout, b.layout);
        torch.Tensor y = workspace.Make(layout, torch.ScalarType.Bool);
        Strided.Greater(Loop.Over(layout, a.layout.Expand(layout), b.layout.Expand(layout)), y.address, a.address, b.address);
        return y;
    }

    public static torch.Tensor Where(torch.Tensor condition, torch.Tensor a, torch.Tensor b)
    {
        Workspace workspace = Workspace.Current;
        if (condition.Ready().type != torch.ScalarType.Bool) throw new ArgumentException($"A condition is a bool tensor, not {condition.type}.", nameof(condition));
        a.Float();
        b.Float();
        Layout layout = Layout.Broadcast(condition.layout, Layout.Broadcast(a.layout, b.layout)).AsResult();
        Layout c = condition.layout.Expand(layout);
        torch.Tensor y = workspace.Make(layout);
        Strided.Where(Loop.Over(layout, c, a.layout.Expand(layout)), y.address, condition.address, a.address, true, false);
        Strided.Where(Loop.Over(layout, c, b.layout.Expand(layout)), y.address, condition.address, b.address, false, false);
        if (!workspace.Needs(a) && !workspace.Needs(b)) return y;
        workspace.Record(WhereOperation, y, condition, a, b);
        return y;
    }

    private static void WhereBackward(Workspace workspace, in Record record)
    {
        WhereFlow(workspace, record, record.B!, true);
        WhereFlow(workspace, record, record.C!, false);
    }

    /// <summary>out[...] = a[..., index[...], ...] along a dimension; index has a's number of dimensions.</summary>
    public static torch.Tensor Gather(torch.Tensor a, long dimension, torch.Tensor index)
    {
        int at = a.Float().layout.Dimension(dimension);
        Layout layout = Indices(index).layout;
        bool fits = layout.Rank == a.layout.Rank;
        for (int i = 0; fits && i < layout.Rank; i++) fits = i == at || layout.Sizes[i] <= a.layout.Sizes[i];
        if (!fits) throw new ArgumentException($"An index of shape {layout} does not gather from shape {a.layout} along dimension {at}.", nameof(index));
        return Pick(a, at, index, layout);
    }

    /// <summary>The rows (or other slices) of a that the index names, in its order.</summary>
    public static torch.Tensor Select(torch.Tensor a, long dimension, torch.Tensor index)
    {
        int at = a.Float().layout.Dimension(dimension);
        if (Indices(index).layout.Rank > 1) throw new ArgumentException($"index_select needs a list of indices, not shape {index.layout}.", nameof(index));
        Layout layout = a.layout, spread = default;
        layout.Sizes[at] = (int)index.layout.Count;
        spread.Rank = layout.Rank;
        spread.Sizes = layout.Sizes;
        spread.Strides[at] = index.layout.Rank == 0 ? 1 : index.layout.Strides[0];
        return Pick(a, at, new torch.Tensor(index.storage, index.address, spread, index.type), layout);
    }

    private static void GatherBackward(Workspace workspace, in Record record)
    {
        torch.Tensor a = record.A!, y = record.Output;
        if (!workspace.Wants(a)) return;
        nint at = a.Receive(workspace, out bool accumulate);
        Layout own = a.GradientLayout;
        if (!accumulate) Strided.Fill(at, own.Extent, 0f);
        foreach ((long to, long from) in Pairs(own, y.GradientLayout, record.B!, record.I)) Strided.Add(at, to, y.gradient, from);
    }

    private static torch.Tensor Pick(torch.Tensor a, int dimension, torch.Tensor index, in Layout layout)
    {
        Workspace workspace = Workspace.Current;
        torch.Tensor y = workspace.Make(layout.AsResult());
        foreach ((long from, long to) in Pairs(a.layout, y.layout, index, dimension)) Strided.Set(y.address, to, Strided.Element<float>(a.address, from));
        if (!workspace.Needs(a)) return y;
        ref Record record = ref workspace.Record(GatherOperation, y, a, index);
        record.I = dimension;
        return y;
    }

    /// <summary>Returns the source and result positions of each element of the result.</summary>
    private static IEnumerable<(long Source, long Result)> Pairs(Layout source, Layout result, torch.Tensor index, int dimension)
    {
        Layout walked = result, others = result;
        others.Strides = source.Strides;
        others.Strides[dimension] = 0;
        Layout indices = index.layout;
        using IEnumerator<(long, long)> at = Offsets(others, indices).GetEnumerator();
        foreach ((long own, _) in Offsets(walked, walked))
        {
            at.MoveNext();
            (long rest, long place) = at.Current;
            long chosen = Strided.Element<long>(index.address, place), size = source.Sizes[dimension];
            if (chosen < 0 || chosen >= size) throw new ArgumentOutOfRangeException(nameof(index), $"Index {chosen} is out of range for dimension {dimension} of shape {source}.");
            yield return (rest + chosen * source.Strides[dimension], own);
        }
    }

    /// <summary>The offsets of every element under two sets of strides, in row-major order of the first one's sizes.</summary>
    private static IEnumerable<(long First, long Second)> Offsets(Layout first, Layout second)
    {
        long count = first.Count;
        int[] place = new int[Layout.MaximumRank];
        long a = 0, b = 0;
        for (long i = 0; i < count; i++)
        {
            yield return (a, b);
            for (int d = first.Rank - 1; d >= 0; d--)
            {
                a += first.Strides[d];
                b += second.Strides[d];
                if (++place[d] < first.Sizes[d]) break;
                a -= (long)first.Strides[d] * first.Sizes[d];
                b -= (long)second.Strides[d] * first.Sizes[d];
                place[d] = 0;
            }
        }
    }

    private static void WhereFlow(Workspace workspace, in Record record, torch.Tensor to, bool when)
    {
        if (!workspace.Wants(to)) return;
        torch.Tensor condition = record.A!, y = record.Output;
        Layout layout = y.layout;
        nint chosen = Engine.Backward.Temporary(workspace, layout, out Storage keeper);
        Strided.Fill(chosen, layout.Extent, 0f);
        Strided.Where(Loop.Over(layout, condition.layout.Expand(layout), layout), chosen, condition.address, y.gradient, when, false);
        Engine.Backward.Flow(workspace, to, chosen, layout);
        GC.KeepAlive(keeper);
    }

    private static torch.Tensor Indices(torch.Tensor index) =>
        index.Ready().type == torch.ScalarType.Int64 ? index : throw new ArgumentException($"Indices are int64, not {index.type}.", nameof(index));
}
