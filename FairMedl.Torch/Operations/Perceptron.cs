using static TorchSharp.torch;
#if TORCH_MANAGED
using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
#endif

namespace FairMedl.Torch;

public static partial class Fused
{
    /// <summary>
    /// Linear layers with max(., 0) between them and nothing after the last: x [batch, in] (a concatenation is read part by
    /// part); layers are weight [out, in] and bias [out] in turn, first to last. Frozen weights are constants: the gradient
    /// then reaches x alone.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor Perceptron(Tensor x, Tensor[] layers, bool frozen = false)
    {
#if TORCH_MANAGED
        Workspace workspace = Workspace.Current;
        Composed.CheckLayers(x, layers);
        if (x is CodedTensor || !BiasesArePacked(layers)) return Composed.Perceptron(x, layers, frozen);
        bool lazy = x.parts is not null && x.Alive().address == 0;
        if (!lazy) x = Copying.Columns(x.Float());
        ReadOnlySpan<Tensor> parts = lazy ? x.parts : new ReadOnlySpan<Tensor>(in x);
        Span<Panel> panels = parts.Length <= 8 ? stackalloc Panel[8] : new Panel[parts.Length];
        panels = panels[..parts.Length];
        for (int i = 0; i < parts.Length; i++) panels[i] = Products.Panel(parts[i].Ready());

        int rows = x.layout.Sizes[0], stride = Layout.LeadingDimension(rows), last = layers.Length - 2;
        Storage? keeper = null;
        nint hidden = last == 0 ? 0 : workspace.Allocate((long)HiddenUnits(layers) * stride * sizeof(float), out keeper), to = hidden;
        Tensor y = workspace.Make(Layout.Columns(rows, layers[last].layout.Sizes[0]));
        bool needs = workspace.Needs(x);
        for (int i = 0; i <= last; i += 2)
        {
            Tensor w = layers[i].Float(), bias = layers[i + 1].Float();
            int units = w.layout.Sizes[0];
            nint output = i < last ? to : y.address;
            workspace.Kernel.Product(panels, rows, w.address, w.layout.Strides[1], w.layout.Strides[0], units, bias.address, i < last, output, stride, false);
            panels = panels[..1];
            panels[0] = new Panel(output, stride, units);
            to += (nint)units * stride * sizeof(float);
            needs |= !frozen && (workspace.Needs(w) || workspace.Needs(bias));
        }

        if (!needs) return y;
        ref Record record = ref workspace.Record(PerceptronOperation, y, x, many: layers);
        record.J = frozen;
        record.Saved = hidden;
        record.Keeper = keeper;
        return y;
#else
        return Composed.Perceptron(x, layers, frozen);
#endif
    }

#if TORCH_MANAGED
    /// <summary>A through the layers whose weights and biases are Many; constants if J.</summary>
    private static readonly Operation PerceptronOperation = new("perceptron", PerceptronBackward);

    private static void PerceptronBackward(Workspace workspace, in Record record)
    {
        Tensor x = record.A!, y = record.Output;
        Tensor[] layers = record.Many!;
        Kernel kernel = workspace.Kernel;
        int rows = y.layout.Sizes[0], stride = y.layout.Strides[1], last = layers.Length - 2;
        nint g = y.gradient, hidden = record.Saved + (nint)HiddenUnits(layers) * stride * sizeof(float);
        Storage? keeper = null;
        nint offset = workspace.Retains && last > 0 ? workspace.Allocate((long)HiddenUnits(layers) * stride * sizeof(float), out keeper) - record.Saved : 0;
        for (int i = last; i >= 0; i -= 2)
        {
            Tensor w = layers[i], bias = layers[i + 1];
            int units = w.layout.Sizes[0], inputs = w.layout.Sizes[1];
            if (i == 0)
            {
                Products.BackwardOfLayer(workspace, y, x, w, bias, 1, g, stride, units, rows, constant: record.J);
                break;
            }

            hidden -= (nint)inputs * stride * sizeof(float);
            if (!record.J) Products.GradientsOfWeights(workspace, [new Panel(hidden, stride, inputs)], w, bias, 1, g, stride, units, rows);

            // All that the output of the layer before is still good for is to be its gradient's gate: the gradient takes its
            // place, unless the graph is walked again.
            nint to = hidden + offset;
            ReadOnlySpan<Panel> panel = [new Panel(g, stride, units)];
            kernel.Product(panel, rows, w.address, w.layout.Strides[0], w.layout.Strides[1], inputs, 0, false, to, stride, false, hidden);
            g = to;
        }

        GC.KeepAlive(keeper);
    }

    private static bool BiasesArePacked(Tensor[] layers)
    {
        for (int i = 1; i < layers.Length; i += 2) if (!layers[i].layout.IsPacked) return false;
        return true;
    }

    private static int HiddenUnits(Tensor[] layers)
    {
        int units = 0;
        for (int i = 0; i < layers.Length - 2; i += 2) units += layers[i].layout.Sizes[0];
        return units;
    }
#endif
}

public static partial class Composed
{
    /// <inheritdoc cref="Fused.Perceptron"/>
    public static Tensor Perceptron(Tensor x, Tensor[] layers, bool frozen = false)
    {
        CheckLayers(x, layers);
        for (int i = 0; i < layers.Length; i += 2)
        {
            Tensor weight = frozen ? layers[i].detach() : layers[i], bias = frozen ? layers[i + 1].detach() : layers[i + 1];
            x = Fused.Linear(x, weight, bias, i + 2 < layers.Length ? Activation.Relu : Activation.None);
        }

        return x;
    }

    internal static void CheckLayers(Tensor x, Tensor[] layers)
    {
        if (layers.Length == 0 || layers.Length % 2 != 0) throw new ArgumentException("A perceptron needs a weight and a bias for each layer.", nameof(layers));
        Tensor before = x;
        for (int i = 0; i < layers.Length; i += 2)
        {
            Tensor weight = layers[i], bias = layers[i + 1];
            bool fits = before.dim() == 2 && weight.dim() == 2 && weight.size(1) == before.size(i == 0 ? 1 : 0) && bias.dim() == 1 && bias.size(0) == weight.size(0);
            if (!fits) throw new ArgumentException($"Layer {i / 2} with weight {Named(weight)} and bias {Named(bias)} does not fit what it reads, {Named(before)}.", nameof(layers));
            before = weight;
        }
    }
}
