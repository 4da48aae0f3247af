using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>Sums, means, the largest element and the norm.</summary>
internal static class Reductions
{
    /// <summary>P times the sum of A over some dimensions.</summary>
    private static readonly Operation SumOperation = new("sum", Backward);

    /// <summary>The largest element of A.</summary>
    private static readonly Operation MaxOperation = new("max", MaxBackward);

    /// <summary>The Euclidean norm of A.</summary>
    private static readonly Operation NormOperation = new("norm", NormBackward);

    /// <summary>scale times the sum over the dimensions marked; over all of them for a scalar.</summary>
    public static torch.Tensor Sum(torch.Tensor a, ReadOnlySpan<long> dimensions, bool keep, bool mean)
    {
        Workspace workspace = Workspace.Current;
        a.Float();
        Span<bool> reduced = stackalloc bool[Layout.MaximumRank];
        reduced.Clear();
        if (dimensions.IsEmpty) reduced.Fill(true);
        foreach (long dimension in dimensions) reduced[a.layout.Dimension(dimension)] = true;

        Layout standing = a.layout, kept = default;
        long count = 1;
        for (int i = 0; i < a.layout.Rank; i++)
        {
            if (reduced[i])
            {
                count *= a.layout.Sizes[i];
                standing.Sizes[i] = 1;
                if (!keep) continue;
            }

            kept.Sizes[kept.Rank++] = standing.Sizes[i];
        }

        float scale = mean ? 1f / count : 1f;
        torch.Tensor y = workspace.Make(kept.AsResult());
        Strided.Fill(y.address, y.layout.Extent, 0f);

        // The result's strides, in the places of the operand's dimensions.
        for (int i = 0, j = 0; i < a.layout.Rank; i++)
        {
            standing.Strides[i] = reduced[i] ? 0 : y.layout.Strides[j];
            if (!reduced[i] || keep) j++;
        }

        Layout spread = a.layout;
        spread.Strides = standing.Strides;
        workspace.Kernel.Sum(Loop.Over(spread, a.layout), y.address, a.address, scale);
        if (!workspace.Needs(a)) return y;
        ref Record record = ref workspace.Record(SumOperation, y, a);
        record.P = scale;
        for (int i = 0; i < a.layout.Rank; i++) if (reduced[i]) record.I |= 1 << i;
        record.J = keep;
        record.Version = int.MinValue;
        return y;
    }

    private static void Backward(Workspace workspace, in Record record)
    {
        torch.Tensor a = record.A!, y = record.Output;
        if (!workspace.Wants(a)) return;
        Layout spread = a.layout;
        for (int i = 0, j = 0; i < a.layout.Rank; i++)
        {
            bool reduced = (record.I & (1 << i)) != 0;
            spread.Strides[i] = reduced ? 0 : y.layout.Strides[j];
            if (!reduced || record.J) j++;
        }

        Engine.Backward.Flow(workspace, a, y.gradient, spread, record.P);
    }

    /// <summary>Returns the largest element.</summary>
    public static torch.Tensor Max(torch.Tensor a)
    {
        Workspace workspace = Workspace.Current;
        a.Float();
        if (a.layout.Count == 0) throw new InvalidOperationException($"A tensor of shape {a.layout} has no largest element.");
        float[] values = new float[a.layout.Count];
        Strided.Read<float>(a.layout, a.address, values);
        float highest = values[0];
        foreach (float value in values) highest = MathF.Max(highest, value);
        torch.Tensor y = workspace.Make(default);
        Strided.Set(y.address, 0, highest);
        if (workspace.Needs(a)) workspace.Record(MaxOperation, y, a);
        return y;
    }

    /// <summary>Equal largest elements share the gradient.</summary>
    private static void MaxBackward(Workspace workspace, in Record record)
    {
        torch.Tensor a = record.A!;
        if (!workspace.Wants(a)) return;
        float highest = Strided.Element<float>(record.Output.address, 0), g = Strided.Element<float>(record.Output.gradient, 0);
        float[] values = new float[a.layout.Count];
        Strided.Read<float>(a.layout, a.address, values);
        int equal = values.Count(value => value.Equals(highest));
        for (int i = 0; i < values.Length; i++) values[i] = values[i].Equals(highest) ? g / equal : 0;
        Layout packed = a.layout.AsPacked();
        nint shares = Engine.Backward.Temporary(workspace, packed, out Storage keeper);
        Strided.Write<float>(packed, shares, values);
        Engine.Backward.Flow(workspace, a, shares, packed);
        GC.KeepAlive(keeper);
    }

    /// <summary>The square root of the sum of squares; its derivative at 0 is taken as 0.</summary>
    public static torch.Tensor Norm(torch.Tensor a)
    {
        Workspace workspace = Workspace.Current;
        bool recorded = workspace.Records;
        workspace.Records = false;
        torch.Tensor y = UnaryOperations.Forward(Unary.SquareRoot, Sum(UnaryOperations.Forward(Unary.Square, a), [], false, false));
        workspace.Records = recorded;
        if (workspace.Needs(a)) workspace.Record(NormOperation, y, a);
        return y;
    }

    private static void NormBackward(Workspace workspace, in Record record)
    {
        float norm = Strided.Element<float>(record.Output.address, 0), g = Strided.Element<float>(record.Output.gradient, 0);
        Engine.Backward.Flow(workspace, record.A!, record.A!.address, record.A.layout, norm == 0 ? 0 : g / norm);
    }
}
