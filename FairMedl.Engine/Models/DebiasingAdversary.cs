using FairMedl.Core.Numerics;
using FairMedl.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>
/// Subnetworks 3 and 5, A_F and A_M: tell the group of every sensitive attribute from the prediction and the true target
/// (y_hat, y); one hidden ReLU layer, then a softmax head an attribute. If the groups can be predicted from (y_hat, y), the
/// errors differ between groups, and the predictor pays for it (equations 9 and 11; docs/method.md).
/// </summary>
public sealed class DebiasingAdversary
{
    private readonly Perceptron network;

    /// <summary>One head for each attribute of K_a groups.</summary>
    public DebiasingAdversary(int hidden, IReadOnlyList<int> groups, RandomStream random) =>
        network = new Perceptron(2, [hidden], groups.Sum(), random, groups);

    /// <summary>Weight and bias of the body, then of all heads in one layer.</summary>
    public IReadOnlyList<Parameter> Parameters => network.Parameters;

    /// <summary>Logits [B, sum K_a] of y_hat [B, 1] (a probability, or the standardized prediction) and y [B, 1].</summary>
    public Tensor Forward(Tensor prediction, Tensor target, bool frozen) => network.Forward(Fused.Concatenate(prediction, target), frozen);
}
