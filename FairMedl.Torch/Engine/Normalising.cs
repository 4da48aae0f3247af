using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>Softmax along a dimension, and its logarithm.</summary>
internal static class Normalising
{
    /// <summary>Softmax of A over the columns, or its logarithm if I.</summary>
    private static readonly Operation SoftmaxOperation = new("softmax", Backward);

    public static torch.Tensor Softmax(torch.Tensor a, long dimension, bool logarithm)
    {
        int at = a.Float().layout.Dimension(dimension);
        switch (a.layout.Rank)
        {
            case 0: return Views.Reshape(Rows(Views.Reshape(a, [1, 1], true), logarithm), [], true);
            case 1: return Views.Squeeze(Rows(Views.Unsqueeze(a, 0), logarithm), 0);
            case 2 when at == 1: return Rows(a, logarithm);
            case 2: return Views.Transpose(Rows(Views.Transpose(a, 0, 1), logarithm), 0, 1);
            default:
                int last = a.layout.Rank - 1;
                torch.Tensor moved = Views.Transpose(a, at, last);
                torch.Tensor rows = Rows(Views.Reshape(moved, [-1, moved.layout.Sizes[last]], true), logarithm);
                return Views.Transpose(Views.Reshape(rows, moved.shape, true), at, last);
        }
    }

    /// <summary>dL/dx = y (g - sum_c g y), or g - e^y sum_c g for the logarithm.</summary>
    private static void Backward(Workspace workspace, in Record record)
    {
        torch.Tensor a = record.A!, y = record.Output;
        if (!workspace.Wants(a)) return;
        Layout layout = y.layout, column = Layout.Columns(layout.Sizes[0], 1), sum = column.Expand(layout);
        Kernel kernel = workspace.Kernel;
        nint product = Engine.Backward.Temporary(workspace, layout, out Storage keeper), total = Engine.Backward.Temporary(workspace, column, out Storage keeperOfTotal);
        Strided.Fill(total, column.Extent, 0f);
        if (record.I == 0)
        {
            kernel.Combine(Binary.Multiply, Loop.Over(layout, layout, layout), product, y.gradient, y.address, false);
            kernel.Sum(Loop.Over(sum, layout), total, product, 1);
            kernel.Combine(Binary.Subtract, Loop.Over(layout, layout, sum), product, y.gradient, total, false);
            kernel.Combine(Binary.Multiply, Loop.Over(layout, layout, layout), product, product, y.address, false);
            Engine.Backward.Flow(workspace, a, product, layout);
        }
        else
        {
            kernel.Sum(Loop.Over(sum, layout), total, y.gradient, 1);
            kernel.Map(Unary.Exponential, Loop.Over(layout, layout), product, y.address, 0, 0);
            kernel.Combine(Binary.Multiply, Loop.Over(layout, layout, sum), product, product, total, false);
            Engine.Backward.Flow(workspace, a, y.gradient, layout);
            Engine.Backward.Flow(workspace, a, product, layout, -1);
        }

        GC.KeepAlive(keeper);
        GC.KeepAlive(keeperOfTotal);
    }

    private static torch.Tensor Rows(torch.Tensor a, bool logarithm)
    {
        Workspace workspace = Workspace.Current;
        a = Copying.Columns(a);
        int rows = a.layout.Sizes[0], columns = a.layout.Sizes[1];
        torch.Tensor y = workspace.Make(Layout.Columns(rows, columns));
        if (columns > 0) workspace.Kernel.Softmax(a.address, a.layout.Strides[1], rows, columns, y.address, y.layout.Strides[1], logarithm);
        if (!workspace.Needs(a)) return y;
        ref Record record = ref workspace.Record(SoftmaxOperation, y, a);
        record.I = logarithm ? 1 : 0;
        record.Version = int.MinValue;
        return y;
    }
}
