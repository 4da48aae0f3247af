using FairMedl.Core.Numerics;
using FairMedl.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>Dense ReLU layers and a linear output: [B, in] -> [B, out].</summary>
public sealed class Perceptron
{
    private readonly Parameter[] layers;

    /// <summary>The given hidden widths between <paramref name="inputs"/> and <paramref name="outputs"/>.</summary>
    /// <param name="inputs">in.</param>
    /// <param name="widths">Units of the hidden layers.</param>
    /// <param name="outputs">out.</param>
    /// <param name="random">Where the first weights come from.</param>
    /// <param name="heads">Where the outputs are several softmax heads: their sizes.</param>
    public Perceptron(int inputs, IReadOnlyList<int> widths, int outputs, RandomStream random, IReadOnlyList<int>? heads = null)
    {
        layers = new Parameter[2 * (widths.Count + 1)];
        for (int i = 0; i <= widths.Count; i++)
        {
            bool last = i == widths.Count;
            var layer = new DenseLayer(i == 0 ? inputs : widths[i - 1], last ? outputs : widths[i], random, last ? heads : null);
            (layers[2 * i], layers[2 * i + 1]) = (layer.Weight, layer.Bias);
        }
    }

    /// <summary>Weight and bias by layer, the output's last.</summary>
    public IReadOnlyList<Parameter> Parameters => layers;

    /// <summary>The output [B, out] of x [B, in]; frozen weights are constants.</summary>
    public Tensor Forward(Tensor x, bool frozen = false) => Fused.Perceptron(x, layers, frozen);
}
