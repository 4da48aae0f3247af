using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FairMedl.Peer;

/// <summary>ReLU layers and a linear output; returns the hidden activations and the output.</summary>
internal sealed class FixedEffects : Module<Tensor, (Tensor[] Hidden, Tensor Output)>
{
    private readonly ModuleList<Linear> layers;

    public FixedEffects(int[] widths)
        : base(nameof(FixedEffects))
    {
        layers = Layers.Create(Data.Columns, widths, 1);
        RegisterComponents();
    }

    public override (Tensor[] Hidden, Tensor Output) forward(Tensor x)
    {
        var hidden = new Tensor[layers.Count - 1];
        for (int i = 0; i < hidden.Length; i++) hidden[i] = x = functional.relu(layers[i].forward(x));
        return (hidden, layers[^1].forward(x));
    }
}

/// <summary>Classifies the cluster from the hidden activations of the fixed effects.</summary>
internal sealed class ClusterAdversary : Module<Tensor[], Tensor>
{
    private readonly ModuleList<Linear> layers;

    public ClusterAdversary(int inputs, int[] widths)
        : base(nameof(ClusterAdversary))
    {
        layers = Layers.Create(inputs, widths, Data.Clusters);
        RegisterComponents();
    }

    public override Tensor forward(Tensor[] hidden)
    {
        Tensor x = cat(hidden, 1);
        for (int i = 0; i < layers.Count - 1; i++) x = functional.relu(layers[i].forward(x));
        return layers[^1].forward(x);
    }
}

/// <summary>Classifies each sensitive attribute's group from a prediction and the target.</summary>
internal sealed class DebiasingAdversary : Module<Tensor, Tensor, Tensor[]>
{
    private const int Hidden = 16;
    private static readonly long[] Groups = [.. Data.Groups.Select(k => (long)k)];
    private readonly Linear body, heads;

    public DebiasingAdversary()
        : base(nameof(DebiasingAdversary))
    {
        body = Linear(2, Hidden);
        heads = Linear(Hidden, Data.Groups.Sum());
        RegisterComponents();
    }

    public override Tensor[] forward(Tensor prediction, Tensor target) =>
        heads.forward(functional.relu(body.forward(cat([prediction, target], 1)))).split(Groups, 1);
}

/// <summary>Normal posteriors of each cluster's slopes and intercept, one draw for a batch.</summary>
internal sealed class RandomEffects : Module<Tensor, Tensor, Tensor>
{
    private readonly Parameter mean, rho;
    private readonly Tensor prior;

    public RandomEffects()
        : base(nameof(RandomEffects))
    {
        mean = Parameter(randn(Data.Clusters, Data.Columns + 1) * 0.1);
        rho = Parameter(full([Data.Clusters, Data.Columns + 1], -4f));
        prior = full([Data.Columns + 1], 0.15f);
        prior[Data.Columns] = 0.1f;
        RegisterComponents();
    }

    /// <summary>Draws standard normal noise of a tensor's shape.</summary>
    public Func<Tensor, Tensor> Noise { get; set; } = like => randn_like(like);

    public override Tensor forward(Tensor x, Tensor z)
    {
        Tensor effects = (mean + Sigma() * Noise(rho))[z];
        return (x * effects[.., ..Data.Columns]).sum(1, keepdim: true) + effects[.., Data.Columns..];
    }

    /// <summary>Kullback-Leibler divergence from the prior.</summary>
    public Tensor Divergence()
    {
        Tensor sigma = Sigma();
        return (log(prior / sigma) + (sigma.square() + mean.square()) / (2 * prior.square()) - 0.5).sum();
    }

    private Tensor Sigma() => functional.softplus(rho) + 1e-5;
}

/// <summary>The linear layers of a network.</summary>
internal static class Layers
{
    public static ModuleList<Linear> Create(int inputs, int[] widths, int outputs)
    {
        int[] sizes = [inputs, .. widths, outputs];
        return ModuleList([.. sizes.Zip(sizes.Skip(1), (a, b) => Linear(a, b))]);
    }
}
