using System.Runtime.InteropServices;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Engine.Training;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine;

/// <summary>The TorchSharp engine's own Adam against its equations in double precision.</summary>
public sealed class OptimiserTests
{
    private static readonly int[] Sizes = [3, 16, 1, 37];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0)]
    [InlineData(0, 0.1)]
    [InlineData(0.5, 0.1)]
    public void Descend_HundredSteps_MatchesTheEquations(double clipNorm, double weightDecay)
    {
        const int decayed = 2;
        using DisposeScope weights = NewDisposeScope();
        RandomStream random = new(23);
        float[][] start = [.. Sizes.Select(n => Normal(random, n, 1))];
        Parameter[] parameters = [.. start.Select(values => nn.Parameter(tensor(values)))];
        var optimiser = new Optimiser(parameters, 1e-2, decayed);
        double[][] expected = [.. start.Select(values => Array.ConvertAll(values, v => (double)v))];
        double[][] m = [.. Sizes.Select(n => new double[n])], v = [.. Sizes.Select(n => new double[n])];
        for (int t = 1; t <= 100; t++)
        {
            using DisposeScope scope = NewDisposeScope();
            double rate = t <= 50 ? 1e-2 : 3e-3;
            float[][] gradients = [.. Sizes.Select(n => Normal(random, n, 0.2))];
            Tensor loss = stack(parameters.Zip(gradients, (p, g) => (p * tensor(g)).sum())).sum();
            optimiser.Descend(loss, rate, clipNorm, weightDecay);
            Step(expected, gradients, m, v, t, rate, clipNorm, weightDecay, decayed);
        }

        for (int p = 0; p < Sizes.Length; p++)
            Assert.All(Values(parameters[p]).Zip(expected[p]), pair => Assert.Equal(pair.Second, pair.First, 2e-5));
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

    /// <summary>libtorch's meta device has no kernel for this gradient: the failure is an exception and does not end the process.</summary>
    [Fact]
    public void Descend_FailureOnTheWayBack_IsAnException()
    {
        using DisposeScope weights = NewDisposeScope();
        using IDisposable meta = FitDevice.Use(META);
        Parameter w = nn.Parameter(ones(3, device: META));
        var optimiser = new Optimiser([w], 0.1);
        Tensor loss = nn.functional.mse_loss(w * w, zeros(3, device: META));
        Assert.Throws<ExternalException>(() => optimiser.Descend(loss, 0.1));
    }

    private static float[] Values(Tensor a) => a.data<float>().ToArray();

    private static float[] Normal(RandomStream random, int n, double sd)
    {
        float[] values = new float[n];
        random.FillNormal(values, sd);
        return values;
    }

    private static void Step(
        double[][] w, float[][] g, double[][] m, double[][] v, int t, double rate, double clipNorm, double weightDecay, int decayed)
    {
        double norm = Math.Sqrt(g.Sum(values => values.Sum(x => (double)x * x)));
        double factor = clipNorm > 0 ? Math.Min(1, clipNorm / (norm + 1e-6)) : 1;
        for (int p = 0; p < w.Length; p++)
        {
            for (int i = 0; i < w[p].Length; i++)
            {
                double gradient = g[p][i] * factor;
                m[p][i] = 0.9 * m[p][i] + 0.1 * gradient;
                v[p][i] = 0.999 * v[p][i] + 0.001 * gradient * gradient;
                if (p < decayed) w[p][i] *= 1 - rate * weightDecay;
                w[p][i] -= rate * (m[p][i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v[p][i] / (1 - Math.Pow(0.999, t))) + 1e-7);
            }
        }
    }
}
