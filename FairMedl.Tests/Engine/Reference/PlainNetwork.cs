using FairMedl.Core.Fits;

namespace FairMedl.Tests.Engine.Reference;

/// <summary>A network of dense layers with ReLU between them, in double precision, from a trained model's parameters.</summary>
internal sealed class PlainNetwork
{
    private readonly List<(int Inputs, float[] Weight, float[] Bias)> layers = [];

    /// <summary>The network whose parameters are named "name.0.weight", "name.0.bias", "name.1.weight", ...</summary>
    public PlainNetwork(TrainedModel model, string name)
    {
        var byName = model.Parameters.ToDictionary(p => p.Name);
        while (byName.TryGetValue(FormattableString.Invariant($"{name}.{layers.Count}.weight"), out NamedParameter? weight))
            layers.Add((weight.Shape[1], weight.Values, byName[FormattableString.Invariant($"{name}.{layers.Count}.bias")].Values));
    }

    /// <summary>The last layer's outputs, without an activation.</summary>
    public double[] Outputs(double[] x)
    {
        for (int l = 0; l < layers.Count; l++)
        {
            (int inputs, float[] weight, float[] bias) = layers[l];
            double[] y = Array.ConvertAll(bias, b => (double)b);
            for (int o = 0; o < y.Length; o++)
            {
                for (int i = 0; i < inputs; i++) y[o] += weight[o * inputs + i] * x[i];
                if (l < layers.Count - 1) y[o] = Math.Max(0, y[o]);
            }

            x = y;
        }

        return x;
    }
}
