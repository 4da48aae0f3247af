using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// y = x W^T + b, with x [batch, in], W [out, in], b [out], y [batch, out]. Nothing is drawn inside this library: weights
/// start at 0, and the caller writes the ones its own generator drew.
/// </summary>
public sealed class Linear : nn.Module<Tensor, Tensor>
{
    internal Linear(long inputs, long outputs, bool hasBias) : base(nameof(Linear))
    {
        weight = nn.Parameter(zeros(outputs, inputs));
        if (hasBias) bias = nn.Parameter(zeros(outputs));
        register_parameter(nameof(weight), weight);
        if (bias is not null) register_parameter(nameof(bias), bias);
    }

    public Parameter? weight { get; }

    public Parameter? bias { get; }

    public override Tensor forward(Tensor input) => FairMedl.Torch.Engine.Products.Forward(input, weight!, true, bias, false);
}
