using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Peer;

/// <summary>
/// Losses of steps with given parameters, data and noise instead of random ones. peers/train.py answers the same request, so that
/// both programs can be compared.
/// </summary>
internal static class Losses
{
    private const int Steps = 10, Noise = 50, Features = 60;

    /// <summary>The predictor's loss of each step.</summary>
    public static double[] Of(Training training, int rows)
    {
        using DisposeScope scope = NewDisposeScope();
        using (no_grad())
        {
            int number = 0;
            foreach (Parameter parameter in training.Parameters) parameter.copy_(Pattern(parameter.shape, number++));
        }

        if (training.RandomEffects is { } effects) effects.Noise = like => 5 * Pattern(like.shape, Noise);
        Tensor row = arange(rows), y = row.remainder(4).eq(0).to(ScalarType.Float32).unsqueeze(1);
        Tensor groups = stack(Data.Groups.Select((k, a) => (row * 5 + a).remainder(k)), 1);
        Tensor x = 5 * Pattern([rows, Data.Columns], Features), cluster = (row * 7).remainder(Data.Clusters);
        var batch = new Batch(x, y, cluster, groups, where(y > 0, 0.75f, 0.25f));
        return [.. Enumerable.Range(0, Steps).Select(_ => (double)training.Step(batch).item<float>())];
    }

    /// <summary>Multiples of 1/250 from -0.2 to 0.2.</summary>
    private static Tensor Pattern(long[] shape, int number) =>
        (((arange(shape.Aggregate((a, b) => a * b)) * 37 + number * 11).remainder(101) - 50).to(ScalarType.Float32) / 250).reshape(shape);
}
