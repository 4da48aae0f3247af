using FairMedl.Core.Numerics;
using FairMedl.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>
/// Subnetwork 2, A_C: tells the cluster from the fixed effects' hidden activations [h1; h2; h3], never from f, x or z;
/// ReLU layers and a softmax over C clusters. Its reversed loss teaches the fixed effects to be the same in every
/// cluster; the random effects never see it (equation 1; docs/method.md).
/// </summary>
public sealed class ClusterAdversary
{
    private readonly Perceptron network;

    /// <summary>
    /// Creates a network that predicts one of <paramref name="clusters"/> clusters from <paramref name="inputs"/> activations.
    /// </summary>
    public ClusterAdversary(int inputs, IReadOnlyList<int> widths, int clusters, RandomStream random) =>
        network = new Perceptron(inputs, widths, clusters, random);

    /// <summary>Weight and bias by layer, the softmax's last.</summary>
    public IReadOnlyList<Parameter> Parameters => network.Parameters;

    /// <summary>Logits [B, C] of the hidden activations, [B, width] each.</summary>
    public Tensor Forward(Tensor[] hidden, bool frozen) =>
        network.Forward(hidden.Length == 1 ? hidden[0] : Fused.Concatenate(hidden), frozen);
}
