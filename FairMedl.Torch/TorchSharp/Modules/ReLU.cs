using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The activation max(x, 0).</summary>
public sealed class ReLU : nn.Module<Tensor, Tensor>
{
    internal ReLU() : base(nameof(ReLU))
    {
    }

    public override Tensor forward(Tensor input) => input.relu();
}
