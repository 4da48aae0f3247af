using static TorchSharp.torch;

namespace FairMedl.Torch;

public static partial class Fused
{
    /// <summary>
    /// The random effects of a row whose cluster is uncertain: sum_c s[b, c] (U[c] . x_b + b[c]). x [B, D], slopes [C, D],
    /// intercepts [C, 1], softZ [B, C] (rows sum to 1); [B, 1]. With one-hot rows it is <see cref="SelectLinear"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor MixLinear(Tensor x, Tensor slopes, Tensor intercepts, Tensor softZ)
    {
        Composed.CheckSelection(x, slopes, intercepts);
        if (softZ.dim() != 2 || softZ.size(0) != x.size(0) || softZ.size(1) != slopes.size(0))
            throw new ArgumentException($"Cluster probabilities of shape {Composed.Named(softZ)} do not fit inputs {Composed.Named(x)} and slopes {Composed.Named(slopes)}.", nameof(softZ));
        return (Linear(x, slopes, intercepts.squeeze(1), Activation.None) * softZ).sum(1, keepdim: true);
    }
}

public static partial class Composed
{
    /// <inheritdoc cref="Fused.MixLinear"/>
    public static Tensor MixLinear(Tensor x, Tensor slopes, Tensor intercepts, Tensor softZ) =>
        (matmul(x, slopes.t()).Plus(intercepts.t()) * softZ).sum(1, keepdim: true);
}
