using FairMedl.Core.Data;
using FairMedl.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Core.Models;

/// <summary>Dense ReLU layers and a linear output: [B, in] -> [B, out].</summary>
public sealed class Perceptron
{
    private readonly DenseLayer[] layers;

    /// <summary>The given hidden widths between <paramref name="inputs"/> and <paramref name="outputs"/>.</summary>
    public Perceptron(int inputs, IReadOnlyList<int> widths, int outputs, RandomStream random)
    {
        layers = new DenseLayer[widths.Count + 1];
        for (int i = 0; i < layers.Length; i++)
            layers[i] = new DenseLayer(i == 0 ? inputs : widths[i - 1], i == widths.Count ? outputs : widths[i], random);
    }

    /// <summary>Weight and bias by layer, the output's last.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. layers.SelectMany(l => new[] { l.Weight, l.Bias })];

    /// <summary>The output [B, out] of x [B, in]; frozen weights are constants.</summary>
    public Tensor Forward(Tensor x, bool frozen = false)
    {
        Tensor h = x;
        for (int i = 0; i < layers.Length; i++) h = layers[i].Forward(h, i + 1 < layers.Length ? Activation.Relu : Activation.None, frozen);
        return h;
    }
}
