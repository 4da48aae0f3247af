using FairMedl.Core.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>
/// Subnetwork 6, the z-predictor: x -> ReLU layers -> softmax over the C seen clusters. Trained apart from the rest on the
/// same training rows and used only for rows of unseen clusters: its probabilities are their soft z (docs/method.md).
/// </summary>
public sealed class ClusterPredictor
{
    private readonly Perceptron network;

    /// <summary>Creates a network with D inputs and C clusters.</summary>
    public ClusterPredictor(int inputs, IReadOnlyList<int> widths, int clusters, RandomStream random) =>
        network = new Perceptron(inputs, widths, clusters, random);

    /// <summary>Weight and bias by layer.</summary>
    public IReadOnlyList<Parameter> Parameters => network.Parameters;

    /// <summary>Logits [B, C] of x [B, D].</summary>
    public Tensor Logits(Tensor x) => network.Forward(x);
}
