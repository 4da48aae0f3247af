using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>y = activation(x w + bias) for coded x: sums of rows of the weights, and their scattering on the way back.</summary>
internal static class CodedProducts
{
    /// <summary>As a product, of a coded A.</summary>
    public static readonly Operation CodedProductOperation = new("coded product", Backward);

    /// <summary>As <see cref="Products.Forward"/>, which has checked the shapes.</summary>
    public static torch.Tensor Forward(Workspace workspace, CodedTensor x, torch.Tensor w, int inner, torch.Tensor? bias, bool rectify)
    {
        int n = w.layout.Sizes[1 - inner];
        torch.Tensor y = workspace.Make(Layout.Columns(x.Rows.Rows, n));
        nint table = workspace.Allocate(Kernel.TableSize(x.Rows.Width, n) * sizeof(float), out Storage keeper);
        workspace.Kernel.CodedProduct(x.Rows, w.address, w.layout.Strides[inner], w.layout.Strides[1 - inner], n, bias?.address ?? 0, rectify, y.address, y.layout.Strides[1], table);
        GC.KeepAlive(keeper);
        if (!workspace.Needs(w) && !workspace.Needs(bias)) return y;
        ref Record record = ref workspace.Record(CodedProductOperation, y, x, w, bias);
        record.I = rectify ? 1 : 0;
        record.J = inner == 1;
        return y;
    }

    private static void Backward(Workspace workspace, in Record record)
    {
        CodedRows x = ((CodedTensor)record.A!).Rows;
        torch.Tensor w = record.B!, y = record.Output;
        nint g = Products.BehindActivation(workspace, record, out Storage? keeper);
        if (workspace.Wants(record.C))
        {
            nint at = record.C!.Receive(workspace, out bool add);
            workspace.Kernel.MaskAndSum(g, y.layout.Strides[1], g, y.layout.Strides[1], x.Rows, y.layout.Sizes[1], false, at, add);
        }

        if (workspace.Wants(w))
        {
            int n = y.layout.Sizes[1], inner = record.J ? 1 : 0;
            Layout weights = w.GradientLayout;
            nint table = workspace.Allocate(Kernel.TableSize(x.Width, n) * sizeof(float), out Storage keeperOfTable), at = w.Receive(workspace, out bool accumulate);
            workspace.Kernel.CodedProductGradient(x, g, y.layout.Strides[1], n, at, weights.Strides[inner], weights.Strides[1 - inner], accumulate, table);
            GC.KeepAlive(keeperOfTable);
        }

        GC.KeepAlive(keeper);
    }
}
