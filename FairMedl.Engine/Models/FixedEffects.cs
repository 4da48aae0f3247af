using FairMedl.Core.Numerics;
using FairMedl.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>
/// Subnetwork 1, the fixed effects: x -> h1 -> h2 -> h3 (ReLU) -> f, a linear output on the scale of the link
/// (the logit; for regression the standardized target). No dropout, no normalisation (docs/method.md).
/// </summary>
public sealed class FixedEffects
{
    private readonly DenseLayer[] hidden;
    private readonly DenseLayer output;

    /// <summary>D inputs, the given hidden widths, one output.</summary>
    public FixedEffects(int inputs, IReadOnlyList<int> widths, RandomStream random)
    {
        hidden = new DenseLayer[widths.Count];
        for (int i = 0; i < hidden.Length; i++) hidden[i] = new DenseLayer(i == 0 ? inputs : widths[i - 1], widths[i], random);
        output = new DenseLayer(widths.Count == 0 ? inputs : widths[^1], 1, random);
    }

    /// <summary>Weight and bias by layer, the output's last.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. hidden.Append(output).SelectMany(l => new[] { l.Weight, l.Bias })];

    /// <summary>How many of the first parameters decoupled weight decay shrinks: all but the output's bias.</summary>
    public int DecayedCount => 2 * hidden.Length + 1;

    /// <summary>f [B, 1] and every hidden activation [B, width], of x [B, D].</summary>
    public (Tensor[] Hidden, Tensor Output) Forward(Tensor x)
    {
        Tensor[] activations = new Tensor[hidden.Length];
        Tensor h = x;
        for (int i = 0; i < hidden.Length; i++) activations[i] = h = hidden[i].Forward(h, Activation.Relu);
        return (activations, output.Forward(h, Activation.None));
    }
}
