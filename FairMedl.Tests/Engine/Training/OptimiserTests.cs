using FairMedl.Core.Numerics;
using FairMedl.Engine.Training;
using FairMedl.Tests.Engine.Reference;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine.Training;

/// <summary>The engine's Adam against its equations in double precision.</summary>
public sealed class OptimiserTests
{
    private static readonly int[] Sizes = [3, 16, 1, 37];

    /// <summary>The smallest gradients are near Adam's epsilon, which then decides the size of a step.</summary>
    [Theory]
    [InlineData(0.2, 0, 0)]
    [InlineData(0.2, 0.5, 0)]
    [InlineData(0.2, 0, 0.1)]
    [InlineData(0.2, 0.5, 0.1)]
    [InlineData(1e-7, 0.5, 0)]
    [InlineData(1e-8, 0, 0.1)]
    public void Descend_HundredSteps_MatchesTheEquations(double gradientSd, double clipNorm, double weightDecay)
    {
        const int decayed = 2;
        using DisposeScope weights = NewDisposeScope();
        RandomStream random = new(23);
        float[][] start = [.. Sizes.Select(n => Normal(random, n, 1))];
        Parameter[] parameters = [.. start.Select(values => nn.Parameter(tensor(values)))];
        var optimiser = new Optimiser(parameters, 1e-2, decayed);
        var expected = new ReferenceAdam([.. start.Select(values => Array.ConvertAll(values, v => (double)v))]);
        for (int t = 1; t <= 100; t++)
        {
            using DisposeScope scope = NewDisposeScope();
            double rate = t <= 50 ? 1e-2 : 3e-3;
            float[][] gradients = [.. Sizes.Select(n => Normal(random, n, gradientSd))];
            Tensor loss = stack(parameters.Zip(gradients, (p, g) => (p * tensor(g)).sum())).sum();
            optimiser.Descend(loss, rate, clipNorm, weightDecay);
            expected.Step([.. gradients.Select(of => Array.ConvertAll(of, g => (double)g))], rate, clipNorm, weightDecay, decayed);
        }

        for (int p = 0; p < Sizes.Length; p++)
            Assert.All(Values(parameters[p]).Zip(expected.Weights[p]), pair => Assert.Equal(pair.Second, pair.First, 2e-5));
    }

    [Fact]
    public void Descend_ParameterThatTheLossDoesNotReach_StaysAsItIs()
    {
        using DisposeScope weights = NewDisposeScope();
        Parameter unused = nn.Parameter(ones(5)), used = nn.Parameter(ones(3));
        var optimiser = new Optimiser([unused, used], 0.1);
        optimiser.Descend((used * tensor([2f, -1, 0.5f])).sum(), 0.1);

        Assert.Equal([1, 1, 1, 1, 1], unused.data<float>().ToArray());
        Assert.Equal([0.9f, 1.1f, 0.9f], Values(used).Select(w => MathF.Round(w, 4)));
    }

    private static float[] Values(Tensor a) => a.data<float>().ToArray();

    private static float[] Normal(RandomStream random, int n, double sd)
    {
        float[] values = new float[n];
        random.FillNormal(values, sd);
        return values;
    }
}
