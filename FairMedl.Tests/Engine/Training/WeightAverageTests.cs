using FairMedl.Engine.Training;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine.Training;

public sealed class WeightAverageTests
{
    /// <summary>(1 + t) / (10 + t) reaches .4 at the sixth step, so that both parts of the minimum are met.</summary>
    [Theory]
    [InlineData(0.4)]
    [InlineData(0.99)]
    public void Apply_AfterUpdates_IsTheMovingAverageFromTheFirstWeights(double decay)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter weights = nn.Parameter(tensor([3f, -2f]));
        double[] expected = [3, -2];
        var average = new WeightAverage([weights], decay);
        for (int t = 0; t < 12; t++)
        {
            float[] next = [t * t - 5, 7f / (t + 1)];
            Set(weights, next);
            average.Update();
            Assert.Equal(next, weights.data<float>().ToArray());

            double d = Math.Min(decay, (1.0 + t) / (10 + t));
            for (int i = 0; i < 2; i++) expected[i] = d * expected[i] + (1 - d) * next[i];
        }

        average.Apply();

        for (int i = 0; i < 2; i++) Assert.Equal(expected[i], weights.data<float>()[i], 1e-5 * Math.Abs(expected[i]));
    }

    [Fact]
    public void Apply_WithoutAnUpdate_PutsTheFirstWeightsBack()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter first = nn.Parameter(tensor([1f])), second = nn.Parameter(tensor([2f, 3f]));
        var average = new WeightAverage([first, second], 0.99);
        Set(first, [8]);
        Set(second, [8, 9]);

        average.Apply();

        Assert.Equal([1f], first.data<float>().ToArray());
        Assert.Equal([2f, 3f], second.data<float>().ToArray());
    }

    private static void Set(Parameter parameter, float[] values)
    {
        using IDisposable constant = no_grad();
        parameter.copy_(tensor(values));
    }
}
