using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules one after the other.</summary>
public sealed class Sequential : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor>[] steps;

    internal Sequential((string name, nn.Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
    {
        steps = [.. modules.Select(pair => pair.submodule)];
        foreach ((string name, nn.Module<Tensor, Tensor> submodule) in modules) register_module(name, submodule);
    }

    public override Tensor forward(Tensor input)
    {
        foreach (nn.Module<Tensor, Tensor> step in steps) input = step.call(input);
        return input;
    }
}
