using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine;

/// <summary>Initial weights, uniform on (-l, l) with Glorot's l = sqrt(6 / (in + out)), and biases of zero.</summary>
public sealed class DenseLayerTests
{
    private const int Inputs = 50;

    [Fact]
    public void DenseLayer_OfOneHead_IsGlorotUniform()
    {
        using DisposeScope scope = NewDisposeScope();
        var layer = new DenseLayer(Inputs, 30, new RandomStream(3));

        AssertUniform(layer.Weight.Values(), Math.Sqrt(6.0 / 80));
        Assert.All(layer.Bias.Values(), b => Assert.Equal(0, b));
        Assert.Equal([30, Inputs], layer.Weight.shape);
    }

    /// <summary>Each head starts as a layer of its own number of outputs.</summary>
    [Fact]
    public void DenseLayer_OfTwoHeads_HasTheLimitsOfEach()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] weights = new DenseLayer(Inputs, 110, new RandomStream(4), [10, 100]).Weight.Values();

        AssertUniform(weights[..(10 * Inputs)], Math.Sqrt(6.0 / 60));
        AssertUniform(weights[(10 * Inputs)..], Math.Sqrt(6.0 / 150));
    }

    /// <summary>Only the last layer of a perceptron has heads.</summary>
    [Fact]
    public void Perceptron_OfTwoHeads_StartsEachLayerByItsOwnSize()
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<Parameter> parameters = new Perceptron(Inputs, [40], 110, new RandomStream(5), [10, 100]).Parameters;

        AssertUniform(parameters[0].Values(), Math.Sqrt(6.0 / 90));
        AssertUniform(parameters[2].Values()[..400], Math.Sqrt(6.0 / 50));
        AssertUniform(parameters[2].Values()[400..], Math.Sqrt(6.0 / 140));
    }

    private static void AssertUniform(float[] weights, double limit)
    {
        Assert.All(weights, w => Assert.InRange(w, -limit, limit));
        Assert.Equal(0, weights.Average() / limit, 0.1);
        Assert.Equal(1 / 3.0, weights.Average(w => w * (double)w) / (limit * limit), 0.05);
        Assert.Equal(-1, weights.Min() / limit, 0.02);
        Assert.Equal(1, weights.Max() / limit, 0.02);
    }
}
