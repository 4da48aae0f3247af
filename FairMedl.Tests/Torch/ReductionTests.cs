using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

public class ReductionTests
{
    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void Reduction_AwkwardSizes_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        GradientCheck.Compare(path, x => x[0].sum(), x => One(x[0].Sum((i, j) => x[0][i, j])), (rows, 3));
        GradientCheck.Compare(path, x => x[0].mean(), x => One(x[0].Sum((i, j) => x[0][i, j]) / (3 * rows)), (rows, 3));
        GradientCheck.Compare(path, x => x[0].sum(1, keepdim: true), x => new Plain(rows, 1, (i, _) => Row(x[0], i)), (rows, 3));
        GradientCheck.Compare(path, x => x[0].sum(-1), x => new Plain(rows, 1, (i, _) => Row(x[0], i)), (rows, 3));
        GradientCheck.Compare(path, x => x[0].mean([0]), x => new Plain(1, 3, (_, j) => x[0].Sum((i, c) => c == j ? x[0][i, c] : 0) / rows), (rows, 3));
        GradientCheck.Compare(path, x => x[0].mean([0, 1]), x => One(x[0].Sum((i, j) => x[0][i, j]) / (3 * rows)), (rows, 3));
        GradientCheck.Compare(path, x => x[0].max(), x => One(Elements(x[0]).Max()), (rows, 3));
        GradientCheck.Compare(path, x => x[0].norm(), x => One(Math.Sqrt(x[0].Sum((i, j) => x[0][i, j] * x[0][i, j]))), (rows, 3));
    }

    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void Softmax_EitherDimension_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        GradientCheck.Compare(path, x => x[0].softmax(1), x => Softmax(x[0], false), -3, 3, (rows, 4));
        GradientCheck.Compare(path, x => x[0].log_softmax(1), x => Softmax(x[0], true), -3, 3, (rows, 4));
        GradientCheck.Compare(path, x => x[0].t().softmax(0), x => Turned(Softmax(x[0], false)), -3, 3, (rows, 4));
        GradientCheck.Compare(path, x => x[0].flatten().log_softmax(0), x => Softmax(new Plain(1, 4 * rows, (_, j) => x[0][j / 4, j % 4]), true), -3, 3, (rows, 4));
        GradientCheck.Compare(path, x => x[0].unsqueeze(1).log_softmax(2), x => Softmax(x[0], true), -3, 3, (rows, 4));
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Softmax_LargeLogits_DoesNotOverflow(string path)
    {
        using IDisposable forced = Paths.On(path);
        Assert.Equal([0, 1, 0], tensor([-1000, 1000, 0f], [1, 3]).softmax(1).data<float>().ToArray());
        Assert.Equal([-2000, 0, -1000], tensor([-1000, 1000, 0f], [1, 3]).log_softmax(1).data<float>().ToArray());
    }

    [Fact]
    public void Max_EqualElements_ShareTheGradient()
    {
        Tensor x = tensor([1f, 3, 3, 2]).requires_grad_();
        Assert.Equal([0, .5f, .5f, 0], autograd.grad([x.max()], [x])[0].data<float>().ToArray());
    }

    [Fact]
    public void Norm_OfZero_HasAFiniteGradient()
    {
        Tensor x = zeros(3).requires_grad_();
        Assert.Equal([0, 0, 0f], autograd.grad([x.norm()], [x])[0].data<float>().ToArray());
    }

    /// <summary>Added one after the other, two million times .1 in floats is off by more than a thousand.</summary>
    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Sum_OfMillions_KeepsItsPrecision(string path)
    {
        using IDisposable forced = Paths.On(path);
        double sum = full([2_000_000], 0.1f).sum().item<float>();
        Assert.Equal(2_000_000 * (double)0.1f, sum, 1.0);
    }

    private static Plain One(double value) => new(1, 1, (_, _) => value);

    private static double Row(Plain x, int i) => Enumerable.Range(0, x.Columns).Sum(j => x[i, j]);

    private static IEnumerable<double> Elements(Plain x) => Enumerable.Range(0, x.Rows * x.Columns).Select(i => x[i / x.Columns, i % x.Columns]);

    private static Plain Turned(Plain x) => new(x.Columns, x.Rows, (i, j) => x[j, i]);

    private static Plain Softmax(Plain x, bool logarithm)
    {
        double[] sums = [.. Enumerable.Range(0, x.Rows).Select(i => Enumerable.Range(0, x.Columns).Sum(c => Math.Exp(x[i, c])))];
        return new Plain(x.Rows, x.Columns, (i, j) => logarithm ? x[i, j] - Math.Log(sums[i]) : Math.Exp(x[i, j]) / sums[i]);
    }
}
