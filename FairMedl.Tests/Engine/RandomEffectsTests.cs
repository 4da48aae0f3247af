using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine;

public sealed class RandomEffectsTests
{
    private const int Clusters = 40, Inputs = 25;

    /// <summary>
    /// Sum of ln(prior / sigma) + (sigma^2 + mu^2) / (2 prior^2) - 1/2, with a prior for slopes and another for intercepts.
    /// </summary>
    [Theory]
    [InlineData(0.15, 0.1)]
    [InlineData(0.4, 2)]
    public void KullbackLeibler_OfTwoPriors_IsThatOfNormalDistributions(double slopePrior, double interceptPrior)
    {
        using DisposeScope scope = NewDisposeScope();
        var settings = new ModelSettings { PriorSlopeSd = slopePrior, PriorInterceptSd = interceptPrior };
        var model = new ComposedModel(ModelCatalogue.Find("medl")!, settings,
            new ModelShape(Inputs, Clusters, [2], PredictionTask.Classification), new RandomStream(4));
        RandomEffects effects = model.RandomEffects!;

        double expected = Divergence(effects.SlopeMean, effects.SlopeRho, slopePrior)
            + Divergence(effects.InterceptMean, effects.InterceptRho, interceptPrior);

        Assert.Equal(expected, effects.KullbackLeibler().item<float>(), 1e-5 * expected);
    }

    [Fact]
    public void Sample_OfNoise_IsTheMeanPlusSdTimesNoise()
    {
        using DisposeScope scope = NewDisposeScope();
        RandomEffects effects = Effects();
        float[] noise = new float[Clusters * Inputs];
        new RandomStream(6).FillNormal(noise);

        Effects draw = effects.Sample(new Effects(tensor(noise, [Clusters, Inputs]), zeros(Clusters, 1)));

        float[] mean = effects.SlopeMean.Values(), rho = effects.SlopeRho.Values(), slopes = draw.Slopes.Values();
        for (int i = 0; i < noise.Length; i++) Assert.Equal(mean[i] + RandomEffects.Sigma(rho[i]) * noise[i], slopes[i], 1e-6);
        Assert.Equal(effects.InterceptMean.Values(), draw.Intercepts.Values());
        Assert.Equal(mean, effects.Means().Slopes.Values());
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(-1.5)]
    [InlineData(0)]
    [InlineData(3)]
    public void Sigma_OfRho_IsTheSoftplusAboveItsFloor(double rho) =>
        Assert.Equal(1e-5 + Math.Log(1 + Math.Exp(rho)), RandomEffects.Sigma(rho), 1e-14);

    /// <summary>mu from N(0, .1^2) and sigma uniform on (.003, .05), over 1,000 slopes.</summary>
    [Fact]
    public void Start_OfManySlopes_HasTheInitialDistributions()
    {
        using DisposeScope scope = NewDisposeScope();
        RandomEffects effects = Effects();
        float[] mean = effects.SlopeMean.Values();
        double[] sigma = [.. effects.SlopeRho.Values().Select(rho => RandomEffects.Sigma(rho))];

        Assert.Equal(0, mean.Average(), 0.01);
        Assert.Equal(0.1, Math.Sqrt(mean.Average(mu => mu * (double)mu)), 0.01);
        Assert.All(sigma, s => Assert.InRange(s, 0.003, 0.05));
        Assert.Equal(0.0265, sigma.Average(), 0.002);
        Assert.Equal(0.003, sigma.Min(), 5e-4);
        Assert.Equal(0.05, sigma.Max(), 5e-4);
    }

    private static RandomEffects Effects() => new(Clusters, Inputs, 0.15, 0.1, new RandomStream(2));

    private static double Divergence(Tensor means, Tensor rhos, double prior) => means.Values().Zip(rhos.Values(), (mu, rho) =>
    {
        double sigma = RandomEffects.Sigma(rho);
        return Math.Log(prior / sigma) + (sigma * sigma + mu * (double)mu) / (2 * prior * prior) - 0.5;
    }).Sum();
}
