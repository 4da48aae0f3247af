using FairMedl.Core.Numerics;
using FairMedl.Torch;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

public class PerceptronTests
{
    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void Perceptron_EitherBody_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        Plain Specification(Plain[] x) => Layer(Layer(Layer(x[0], x[1], x[2], true), x[3], x[4], true), x[5], x[6], false);
        (int, int)[] shapes = [(rows, 3), (5, 3), (1, 5), (4, 5), (1, 4), (2, 4), (1, 2)];
        GradientCheck.Compare(path, x => Fused.Perceptron(x[0], Layers(x)), Specification, -1, 1, shapes);
        GradientCheck.Compare(path, x => Composed.Perceptron(x[0], Layers(x)), Specification, -1, 1, shapes);
        GradientCheck.Compare(path, x => Fused.Perceptron(x[0], [x[1], x[2].flatten()]), x => Layer(x[0], x[1], x[2], false), -1, 1, (rows, 3), (5, 3), (1, 5));
    }

    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void Perceptron_OfAConcatenation_ReadsItPartByPart(string path, int rows)
    {
        Plain Specification(Plain[] x) => Layer(Layer(new Plain(rows, 3, (i, j) => j < 1 ? x[0][i, 0] : x[1][i, j - 1]), x[2], x[3], true), x[4], x[5], false);
        GradientCheck.Compare(
            path, x => Fused.Perceptron(Fused.Concatenate(x[0], x[1]), [x[2], x[3].flatten(), x[4], x[5].flatten()]), Specification, -1, 1,
            (rows, 1), (rows, 2), (4, 3), (1, 4), (2, 4), (1, 2));
    }

    [Fact]
    public void Perceptron_Frozen_GivesItsGradientToTheInputAlone()
    {
        Tensor x = tensor([1f, -2, 3, 4], [2, 2]).requires_grad_();
        Parameter[] layers = [nn.Parameter(tensor([1f, 2, -1, 1, 0.5f, 1], [3, 2])), nn.Parameter(tensor([0.1f, 0.2f, 0.3f])), nn.Parameter(tensor([1f, -1, 2], [1, 3])), nn.Parameter(zeros(1))];
        IList<Tensor> free = autograd.grad([Fused.Perceptron(x, layers).sum()], [x, .. layers]);
        IList<Tensor> frozen = autograd.grad([Fused.Perceptron(x, layers, frozen: true).sum()], [x, .. layers], allow_unused: true);
        Assert.Equal(free[0].data<float>().ToArray(), frozen[0].data<float>().ToArray());
        Assert.All(frozen.Skip(1), gradient => Assert.False(Gradients.Reached(gradient)));
        Assert.False(Fused.Perceptron(x.detach(), layers, frozen: true).requires_grad);
    }

    /// <summary>A way back that is not walked again may overwrite what forward kept; the numbers are the same.</summary>
    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void Backward_WithItsGraphKept_GivesTheSameEachTime(string path, int rows)
    {
        using IDisposable forced = Paths.On(path);
        using DisposeScope scope = NewDisposeScope();
        var random = new RandomStream(7);
        Tensor Normal(int m, int n)
        {
            float[] values = new float[m * n];
            random.FillNormal(values);
            return tensor(values, [m, n]).requires_grad_();
        }

        Tensor[] x = [Normal(rows, 3), Normal(21, 3), Normal(1, 21), Normal(9, 21), Normal(1, 9), Normal(2, 9), Normal(1, 2)];
        foreach (bool frozen in new[] { false, true })
        {
            Tensor loss = Fused.Perceptron(x[0], Layers(x), frozen).square().sum();
            Tensor[] of = frozen ? [x[0]] : x;
            float[][] Gradients(bool keep) => [.. autograd.grad([loss], of, retain_graph: keep).Select(g => g.data<float>().ToArray())];
            float[][] first = Gradients(true), second = Gradients(true), last = Gradients(false);
            Assert.Equal(first, second);
            Assert.Equal(first, last);
            Assert.Contains(first[0], v => v != 0);
        }
    }

    [Fact]
    public void Perceptron_WhoseLayersDoNotFit_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Fused.Perceptron(ones(2, 3), []));
        Assert.Throws<ArgumentException>(() => Fused.Perceptron(ones(2, 3), [ones(4, 2), zeros(4)]));
        Assert.Throws<ArgumentException>(() => Fused.Perceptron(ones(2, 3), [ones(4, 3), zeros(3)]));
        Assert.Throws<ArgumentException>(() => Fused.Perceptron(ones(2, 3), [ones(4, 3), zeros(4), ones(1, 3), zeros(1)]));
    }

    private static Tensor[] Layers(Tensor[] x) => [x[1], x[2].flatten(), x[3], x[4].flatten(), x[5], x[6].flatten()];

    private static Plain Layer(Plain x, Plain w, Plain b, bool rectify) => new(x.Rows, w.Rows, (i, o) =>
    {
        double sum = b[0, o] + Enumerable.Range(0, x.Columns).Sum(k => x[i, k] * w[o, k]);
        return rectify ? Math.Max(0, sum) : sum;
    });
}
