using static TorchSharp.torch;
#if TORCH_MANAGED
using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
#endif

namespace FairMedl.Torch;

public static partial class Fused
{
    /// <summary>
    /// The random effects of each row's own cluster: U[z_b] . x_b + b[z_b]. x [B, D], slopes [C, D], intercepts [C, 1],
    /// z int64 [B]; [B, 1].
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A cluster is not one of the slopes'.</exception>
    public static Tensor SelectLinear(Tensor x, Tensor slopes, Tensor intercepts, Tensor z)
    {
        Composed.CheckSelection(x, slopes, intercepts);
        if (z.dim() != 1 || z.size(0) != x.size(0)) throw new ArgumentException($"Clusters of shape {Composed.Named(z)} do not fit inputs of shape {Composed.Named(x)}.", nameof(z));
#if TORCH_MANAGED
        Workspace workspace = Workspace.Current;
        if (z.Ready().type != ScalarType.Int64) throw new ArgumentException($"Clusters are int64, not {z.type}.", nameof(z));
        slopes.Float();
        intercepts.Float();
        if (intercepts.layout.Strides[0] != 1) intercepts = Copying.Reordered(intercepts, intercepts.layout.AsPacked());
        if (x is CodedTensor coded && coded.IsCoded(workspace)) return SelectCoded(workspace, coded, slopes, intercepts, z);
        x = Copying.Columns(x.Float());
        int rows = x.layout.Sizes[0], clusters = slopes.layout.Sizes[0], features = x.layout.Sizes[1];
        Layout all = Layout.Columns(rows, clusters);
        nint products = workspace.Allocate(all.Extent * sizeof(float), out Storage keeper);
        ReadOnlySpan<Panel> panel = [new Panel(x.address, x.layout.Strides[1], features)];
        workspace.Kernel.Product(panel, rows, slopes.address, slopes.layout.Strides[1], slopes.layout.Strides[0], clusters, 0, false, products, all.Strides[1], false);
        Tensor y = workspace.Make(Layout.Columns(rows, 1));
        workspace.Kernel.Pick(products, all.Strides[1], clusters, intercepts.address, z.address, z.layout.Strides[0], rows, y.address);
        GC.KeepAlive(keeper);
        if (workspace.Needs(x) || workspace.Needs(slopes) || workspace.Needs(intercepts)) workspace.Record(SelectLinearOperation, y, x, slopes, intercepts).D = z;
        return y;
#else
        return slopes.size(0) <= FewClusters
            ? Affine(x, slopes, intercepts.squeeze(1), Activation.None).gather(1, z.unsqueeze(1))
            : Composed.SelectLinear(x, slopes, intercepts, z);
#endif
    }
#if !TORCH_MANAGED

    /// <summary>Up to so many clusters the product with all slopes costs less than gathering each row's own.</summary>
    private const int FewClusters = 64;
#endif

#if TORCH_MANAGED
    /// <summary>For each row of A the product with the row of B that D names, plus that row of C.</summary>
    private static readonly Operation SelectLinearOperation = new("select linear", SelectLinearBackward);

    /// <summary>A coded row's product is a sum of a few of its cluster's slopes.</summary>
    private static Tensor SelectCoded(Workspace workspace, CodedTensor x, Tensor slopes, Tensor intercepts, Tensor z)
    {
        Tensor y = workspace.Make(Layout.Columns(x.Rows.Rows, 1));
        Layout u = slopes.layout;
        workspace.Kernel.Select(x.Rows, slopes.address, u.Strides[0], u.Strides[1], u.Sizes[0], intercepts.address, z.address, z.layout.Strides[0], y.address);
        if (workspace.Needs(slopes) || workspace.Needs(intercepts)) workspace.Record(SelectLinearOperation, y, x, slopes, intercepts).D = z;
        return y;
    }

    private static void SelectCodedBackward(Workspace workspace, in Record record)
    {
        Tensor slopes = record.B!, intercepts = record.C!, z = record.D!;
        Layout u = slopes.GradientLayout;
        nint at = Cleared(workspace, slopes), atIntercepts = Cleared(workspace, intercepts);
        workspace.Kernel.Scatter(((CodedTensor)record.A!).Rows, record.Output.gradient, z.address, z.layout.Strides[0], at, u.Strides[0], u.Strides[1], atIntercepts);
    }

    /// <summary>Destination of an operand's gradient, or 0 where it is not needed.</summary>
    private static nint Cleared(Workspace workspace, Tensor to)
    {
        if (!workspace.Wants(to)) return 0;
        nint at = to.Receive(workspace, out bool accumulate);
        if (!accumulate) Strided.Fill(at, to.GradientLayout.Extent, 0f);
        return at;
    }

    /// <summary>With h[b, c] = g[b] where z[b] = c: dL/dU = h^T x, dL/dintercepts = the column sums of h, dL/dx = h U.</summary>
    private static void SelectLinearBackward(Workspace workspace, in Record record)
    {
        if (record.A is CodedTensor coded && !workspace.Wants(coded))
        {
            SelectCodedBackward(workspace, record);
            return;
        }

        Tensor x = record.A!, slopes = record.B!, intercepts = record.C!, z = record.D!, y = record.Output;
        int rows = x.layout.Sizes[0], clusters = slopes.layout.Sizes[0], features = x.layout.Sizes[1];
        Layout all = Layout.Columns(rows, clusters);
        Kernel kernel = workspace.Kernel;
        nint h = Backward.Temporary(workspace, all, out Storage keeper);
        kernel.Spread(y.gradient, z.address, z.layout.Strides[0], rows, clusters, h, all.Strides[1]);
        Products.GradientsOfWeights(workspace, [Products.Panel(x)], slopes, intercepts, 1, h, all.Strides[1], clusters, rows);
        if (workspace.Wants(x))
        {
            nint at = x.Receive(workspace, out bool accumulate);
            ReadOnlySpan<Panel> panel = [new Panel(h, all.Strides[1], clusters)];
            kernel.Product(panel, rows, slopes.address, slopes.layout.Strides[0], slopes.layout.Strides[1], features, 0, false, at, x.GradientLayout.Strides[1], accumulate);
        }

        GC.KeepAlive(keeper);
    }
#endif
}

public static partial class Composed
{
    /// <inheritdoc cref="Fused.SelectLinear"/>
    public static Tensor SelectLinear(Tensor x, Tensor slopes, Tensor intercepts, Tensor z) =>
        (x * slopes.index_select(0, z)).sum(1, keepdim: true).Plus(intercepts.index_select(0, z));

    internal static void CheckSelection(Tensor x, Tensor slopes, Tensor intercepts)
    {
        if (x.dim() != 2 || slopes.dim() != 2 || x.size(1) != slopes.size(1))
            throw new ArgumentException($"Slopes of shape {Named(slopes)} do not fit inputs of shape {Named(x)}.", nameof(slopes));
        if (intercepts.dim() != 2 || intercepts.size(0) != slopes.size(0) || intercepts.size(1) != 1)
            throw new ArgumentException($"Intercepts of shape {Named(intercepts)} do not fit slopes of shape {Named(slopes)}.", nameof(intercepts));
    }
}
