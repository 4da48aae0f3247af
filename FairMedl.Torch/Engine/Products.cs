using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>y = activation(x w + bias).</summary>
internal static class Products
{
    /// <summary>A times B (transposed if J), plus C, rectified if I.</summary>
    private static readonly Operation ProductOperation = new("product", Backward);

    /// <summary>x [rows, k], a lazy concatenation too; w [k, n], or [n, k] if transposed; bias [n] or none; y [rows, n].</summary>
    public static torch.Tensor Forward(torch.Tensor x, torch.Tensor w, bool transposed, torch.Tensor? bias, bool rectify)
    {
        Workspace workspace = Workspace.Current;
        if (x.layout.Rank != 2 || w.layout.Rank != 2) throw new ArgumentException($"A matrix product needs two matrices, not {x.layout} and {w.layout}.");
        int inner = transposed ? 1 : 0, k = w.layout.Sizes[inner], n = w.layout.Sizes[1 - inner], rows = x.layout.Sizes[0];
        if (x.layout.Sizes[1] != k)
            throw new ArgumentException(transposed
                ? $"The shapes {x.layout} and {w.layout} (a weight is [out, in]) cannot be multiplied: {x.layout.Sizes[1]} columns against {k} inputs."
                : $"The shapes {x.layout} and {w.layout} cannot be multiplied: {x.layout.Sizes[1]} columns against {k} rows.");
        if (bias is not null && (bias.layout.Rank != 1 || bias.layout.Sizes[0] != n))
            throw new ArgumentException($"A bias of shape {bias.layout} does not fit the {n} outputs of {w.layout}.");
        w.Float();
        bias = bias is null ? null : bias.Float().layout.IsPacked ? bias : Copying.Reordered(bias, bias.layout.AsPacked());
        if (x is CodedTensor coded && coded.IsCoded(workspace)) return CodedProducts.Forward(workspace, coded, w, inner, bias, rectify);
        bool lazy = x.parts is not null && x.Alive().address == 0;
        if (!lazy) x = Copying.Columns(x.Float());

        torch.Tensor y = workspace.Make(Layout.Columns(rows, n));
        Span<Panel> panels = stackalloc Panel[8];
        torch.Tensor[]? parts = lazy ? x.parts : null;
        if (parts is null)
        {
            panels[0] = Panel(x);
            panels = panels[..1];
        }
        else
        {
            if (parts.Length > panels.Length) panels = new Panel[parts.Length];
            for (int i = 0; i < parts.Length; i++) panels[i] = Panel(parts[i].Ready());
            panels = panels[..parts.Length];
        }

        workspace.Kernel.Product(panels, rows, w.address, w.layout.Strides[inner], w.layout.Strides[1 - inner], n, bias?.address ?? 0, rectify, y.address, y.layout.Strides[1], false);
        if (!workspace.Needs(x) && !workspace.Needs(w) && !workspace.Needs(bias)) return y;
        ref Record record = ref workspace.Record(ProductOperation, y, x, w, bias);
        record.I = rectify ? 1 : 0;
        record.J = transposed;
        return y;
    }

    private static void Backward(Workspace workspace, in Record record)
    {
        torch.Tensor x = record.A!, w = record.B!, y = record.Output;
        int rows = y.layout.Sizes[0], n = y.layout.Sizes[1], stride = y.layout.Strides[1], inner = record.J ? 1 : 0;
        nint g = BehindActivation(workspace, record, out Storage? keeper);
        BackwardOfLayer(workspace, y, x, w, record.C, inner, g, stride, n, rows, constant: false);
        GC.KeepAlive(keeper);
    }

    /// <summary>
    /// From the gradient g [rows, n] of x w + bias, on the way to y, to those of w and the bias, unless these are constant, and
    /// of x, where they are wanted.
    /// </summary>
    public static void BackwardOfLayer(
        Workspace workspace, torch.Tensor y, torch.Tensor x, torch.Tensor w, torch.Tensor? bias, int inner, nint g, int stride, int n, int rows, bool constant)
    {
        // The parts of a concatenation receive their gradients directly, unless it was needed as one block.
        if (x.isWanted) x.Ready();
        ReadOnlySpan<torch.Tensor> parts = x.parts is null ? new ReadOnlySpan<torch.Tensor>(in x) : x.parts;
        if (!constant)
        {
            Span<Panel> panels = parts.Length <= 8 ? stackalloc Panel[8] : new Panel[parts.Length];
            for (int i = 0; i < parts.Length; i++) panels[i] = Panel(parts[i]);
            GradientsOfWeights(workspace, panels[..parts.Length], w, bias, inner, g, stride, n, rows);
        }

        int k = 0;
        foreach (torch.Tensor part in parts)
        {
            int columns = part.layout.Sizes[1];
            if (x.requiresGradient && workspace.Wants(part))
            {
                nint at = part.Receive(workspace, out bool add);
                nint factor = w.address + (nint)k * w.layout.Strides[inner] * sizeof(float);
                ReadOnlySpan<Panel> panel = [new Panel(g, stride, n)];
                part.isGated = IsLastContribution(y, part);
                workspace.Kernel.Product(
                    panel, rows, factor, w.layout.Strides[1 - inner], w.layout.Strides[inner], columns, 0, false, at, part.GradientLayout.Strides[1], add, part.isGated ? part.address : 0);
            }

            k += columns;
        }
    }

    /// <summary>The gradients of w and the bias, where they are wanted, from x [rows, k] and the gradient g [rows, n] of x w + bias.</summary>
    public static void GradientsOfWeights(Workspace workspace, ReadOnlySpan<Panel> x, torch.Tensor w, torch.Tensor? bias, int inner, nint g, int stride, int n, int rows)
    {
        nint at = 0, biasAt = 0;
        bool accumulate = false, accumulateBias = false;
        if (workspace.Wants(w)) at = w.Receive(workspace, out accumulate);
        if (workspace.Wants(bias)) biasAt = bias!.Receive(workspace, out accumulateBias);
        if (at == 0 && biasAt == 0) return;
        if (at == 0) x = [];

        int k = 0;
        foreach (Panel panel in x) k += panel.Columns;
        Layout weights = w.GradientLayout;
        Storage? keeper = null;
        long size = workspace.Kernel.GradientTableSize(k, n, rows);
        nint table = size == 0 ? 0 : workspace.Allocate(size * sizeof(float), out keeper);
        workspace.Kernel.ProductGradient(x, g, stride, n, rows, at, weights.Strides[inner], weights.Strides[1 - inner], accumulate, biasAt, accumulateBias, table);
        GC.KeepAlive(keeper);
    }

    /// <summary>
    /// Whether x is a rectified product directly before y on the tape: nothing else can add to its gradient, so the
    /// product that completes it can undo the activation too.
    /// </summary>
    private static bool IsLastContribution(torch.Tensor y, torch.Tensor x)
    {
        if (x.isWanted || x.tape is null || x.tape != y.tape || x.record != y.record - 1) return false;
        ref Record before = ref x.tape[x.record];
        return before.I != 0 && (before.Operation == ProductOperation || before.Operation == CodedProducts.CodedProductOperation);
    }

    /// <summary>The gradient of x w + bias: that of the result, with the activation undone.</summary>
    public static nint BehindActivation(Workspace workspace, in Record record, out Storage? keeper)
    {
        torch.Tensor y = record.Output;
        nint g = y.gradient;
        keeper = null;
        if (record.I == 0 || y.isGated) return g;
        if (y.isWanted)
        {
            // The requested gradient is the one after the activation; backpropagation needs a masked copy.
            g = Engine.Backward.Temporary(workspace, y.layout, out keeper);
            Strided.Copy<float>(Loop.Over(y.layout, y.layout), g, y.gradient);
        }

        int stride = y.layout.Strides[1];
        workspace.Kernel.MaskAndSum(g, stride, y.address, stride, y.layout.Sizes[0], y.layout.Sizes[1], true, 0, false);
        return g;
    }

    /// <summary>The general product of torch: vectors, matrices and batches of matrices.</summary>
    public static torch.Tensor Multiply(torch.Tensor a, torch.Tensor b)
    {
        switch (a.Alive().layout.Rank, b.Alive().layout.Rank)
        {
            case (2, 2): return Forward(a, b, false, null, false);
            case (1, 1): return Views.Reshape(Forward(Views.Unsqueeze(a, 0), Views.Unsqueeze(b, 1), false, null, false), [], true);
            case (1, 2): return Views.Squeeze(Forward(Views.Unsqueeze(a, 0), b, false, null, false), 0);
            case (2, 1): return Views.Squeeze(Forward(a, Views.Unsqueeze(b, 1), false, null, false), 1);
            case (3, 3): return Batched(a, b);
            default: throw new ArgumentException($"The shapes {a.layout} and {b.layout} cannot be multiplied.");
        }
    }

    /// <summary>[batch, m, k] by [batch, k, n], one product after the other.</summary>
    public static torch.Tensor Batched(torch.Tensor a, torch.Tensor b)
    {
        if (a.layout.Rank != 3 || b.layout.Rank != 3 || a.layout.Sizes[0] != b.layout.Sizes[0])
            throw new ArgumentException($"The shapes {a.layout} and {b.layout} are not two equally long batches of matrices.");
        torch.Tensor[] products = new torch.Tensor[a.layout.Sizes[0]];
        for (int i = 0; i < products.Length; i++) products[i] = Forward(Views.Select(a, 0, i), Views.Select(b, 0, i), false, null, false);
        return Concatenation.Stack(products, 0);
    }

    public static Panel Panel(torch.Tensor a) => new(a.address, a.layout.Strides[1], a.layout.Sizes[1]);
}
