using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine;

public sealed class AbsoluteCorrelationTests
{
    private const int Rows = 30;

    /// <summary>
    /// Four rows. The first attribute has rows in two of its three groups; the second has all of its rows in one; the third has rows
    /// in three of three.
    /// </summary>
    [Fact]
    public void ColumnWeights_OfABatch_AreOneOverTheColumnsThatVary() => Assert.Equal(
        [1 / 2f, 0, 1 / 2f, 0, 0, 1 / 3f, 1 / 3f, 1 / 3f],
        AbsoluteCorrelation.ColumnWeights([0, 2, 2, 0, 1, 1, 1, 1, 0, 1, 2, 2], [3, 2, 3]));

    /// <summary>Mean over the groups of |correlation|, which does not depend on the units of the prediction.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-40)]
    public void Loss_OfOneAttribute_IsTheMeanAbsoluteCorrelation(float unit)
    {
        using DisposeScope scope = NewDisposeScope();
        RandomStream random = new(9);
        float[] prediction = new float[Rows], indicators = new float[3 * Rows];
        random.FillNormal(prediction, Math.Abs(unit));
        long[] groups = [.. Enumerable.Range(0, Rows).Select(_ => (long)random.NextInt(3))];
        for (int i = 0; i < Rows; i++) indicators[3 * i + (int)groups[i]] = 1;
        float[] weights = AbsoluteCorrelation.ColumnWeights(groups, [3]);

        Tensor p = tensor(prediction, [Rows, 1]), s = tensor(indicators, [Rows, 3]);
        float loss = AbsoluteCorrelation.Loss(p, s, tensor(weights, [1, 3])).item<float>();

        double expected = Enumerable.Range(0, 3).Average(k => Math.Abs(Correlation(prediction, [.. groups.Select(g => g == k ? 1.0 : 0)])));
        Assert.Equal(expected, loss, 1e-5);
    }

    private static double Correlation(float[] p, double[] s)
    {
        double meanP = p.Average(), meanS = s.Average(), covariance = p.Zip(s, (a, b) => (a - meanP) * (b - meanS)).Average();
        return covariance / Math.Sqrt(p.Average(a => (a - meanP) * (a - meanP)) * s.Average(b => (b - meanS) * (b - meanS)));
    }
}
