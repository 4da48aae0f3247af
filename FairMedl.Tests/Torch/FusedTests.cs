using FairMedl.Core.Numerics;
using FairMedl.Torch;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

/// <summary>Each operation beyond TorchSharp's, fused and composed, against the same plain specification.</summary>
public class FusedTests
{
    private const double SmallestDeviation = 1e-5;

    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void Linear_EitherBody_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            foreach (int units in new[] { 1, 4, 6, 8 })
            {
                Plain Specification(Plain[] x) => new(rows, units, (i, o) => Activate(Enumerable.Range(0, 5).Sum(k => x[0][i, k] * x[1][o, k]) + x[2][0, o], activation));
                GradientCheck.Compare(path, x => Fused.Linear(x[0], x[1], x[2].flatten(), activation), Specification, -1, 1, (rows, 5), (units, 5), (1, units));
                GradientCheck.Compare(path, x => Composed.Linear(x[0], x[1], x[2].flatten(), activation), Specification, -1, 1, (rows, 5), (units, 5), (1, units));
            }
        }
    }

    /// <summary>
    /// The first layer's gradient comes from the second alone, also from what is computed after or before it, from both parts of
    /// a concatenation, or through another operation.
    /// </summary>
    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void Linear_OfALayer_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        Plain WithSums(Plain h, Func<Plain, Plain> second)
        {
            Plain y = second(h);
            return new Plain(rows, 3, (i, j) => y[i, j] + Enumerable.Range(0, 9).Sum(k => h[i, k]));
        }

        foreach (Activation first in Enum.GetValues<Activation>())
        {
            Compare(first, 9, (h, second) => second(h), (h, second) => second(h));
            Compare(
                first, 9,
                (h, second) =>
                {
                    Tensor y = second(h);
                    return y.Plus(h.sum(1, keepdim: true));
                },
                WithSums);
            Compare(
                first, 9,
                (h, second) =>
                {
                    Tensor sum = h.sum(1, keepdim: true);
                    return sum.Plus(second(h));
                },
                WithSums);
            Compare(first, 18, (h, second) => second(Fused.Concatenate(h, h)), (h, second) => second(new Plain(rows, 18, (i, j) => h[i, j % 9])));
            Compare(first, 9, (h, second) => second(h.sigmoid()), (h, second) => second(h.Map(x => 1 / (1 + Math.Exp(-x)))));
        }

        // The biases are created before the first layer, so that nothing is between the two on the tape.
        void Compare(Activation first, int inputs, Func<Tensor, Func<Tensor, Tensor>, Tensor> operation, Func<Plain, Func<Plain, Plain>, Plain> specification) => GradientCheck.Compare(
            path,
            x =>
            {
                Tensor bias = x[2].flatten(), second = x[4].flatten();
                return operation(Fused.Linear(x[0], x[1], bias, first), h => Fused.Linear(h, x[3], second, Activation.Relu));
            },
            x => specification(Layer(x[0], x[1], x[2], first == Activation.Relu), h => Layer(h, x[3], x[4])),
            -1, 1, (rows, 4), (9, 4), (1, 9), (3, inputs), (1, 3));
    }

    [Fact]
    public void Concatenate_WithoutAGraph_IsAConstant()
    {
        Tensor x = tensor([1f, -1], [2, 1]).requires_grad_(), w = ones(1, 2).requires_grad_(), joined;
        using (no_grad()) joined = Fused.Concatenate(x, x);
        Assert.False(joined.requires_grad);
        Assert.False(Gradients.Reached(autograd.grad([Fused.Linear(joined, w, zeros(1), Activation.None).sum()], [w, x], allow_unused: true)[1]));
    }

    /// <summary>The requested gradient of a rectified result is that of its output, regardless of the next layer.</summary>
    [Fact]
    public void Linear_OfARectifiedLayerWithARequestedGradient_GivesItUnmasked()
    {
        Tensor x = tensor([1f, -1], [2, 1]).requires_grad_(), w = ones(1, 1).requires_grad_(), b = zeros(1);
        Tensor h = Fused.Linear(x, w, b, Activation.Relu), y = Fused.Linear(h, ones(1, 1).Times(3), b, Activation.None);
        IList<Tensor> gradients = autograd.grad([y.sum()], [h, x], retain_graph: true);
        Assert.Equal([3f, 3], gradients[0].data<float>().ToArray());
        Assert.Equal([3f, 0], gradients[1].data<float>().ToArray());
        Assert.Equal([3f, 0], autograd.grad([y.sum()], [x], retain_graph: true)[0].data<float>().ToArray());

        // Without that layer the activation is undone where it always was.
        Assert.Equal([1f, 0], autograd.grad([h.sum()], [x])[0].data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void Concatenate_ReadByALayerOrByAnything_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        Plain Joined(Plain[] x) => new(rows, 6, (i, j) => j < 3 ? x[0][i, j] : j < 4 ? x[1][i, 0] : x[2][i, j - 4]);
        GradientCheck.Compare(path, x => Fused.Concatenate(x[0], x[1], x[2]).Times(1), Joined, (rows, 3), (rows, 1), (rows, 2));
        GradientCheck.Compare(
            path, x => Fused.Linear(Fused.Concatenate(x[0], x[1], x[2]), x[3], x[4].flatten(), Activation.Relu), x => Layer(Joined(x), x[3], x[4]), -1, 1,
            (rows, 3), (rows, 1), (rows, 2), (4, 6), (1, 4));

        // One part twice, and the concatenation used as a block as well.
        Plain Twice(Plain[] x) => new(rows, 4, (i, j) => x[0][i, j % 2]);
        GradientCheck.Compare(
            path,
            x =>
            {
                Tensor both = Fused.Concatenate(x[0], x[0]), y = Fused.Linear(both, x[1], x[2].flatten(), Activation.None);
                return y.Plus(both.sum(1, keepdim: true));
            },
            x =>
            {
                Plain both = Twice(x), y = Layer(both, x[1], x[2], false);
                return new Plain(rows, 3, (i, j) => y[i, j] + Enumerable.Range(0, 4).Sum(k => both[i, k]));
            },
            (rows, 2), (3, 4), (1, 3));
    }

    [Fact]
    public void Concatenate_Detached_StaysLazyAndConstant()
    {
        Tensor h = ones(9, 2).requires_grad_(), joined = Fused.Concatenate(h.Times(2), h.Times(3)).detach(), w = ones(1, 4).requires_grad_();
        Tensor y = Fused.Linear(joined, w, zeros(1), Activation.None);
        Assert.False(joined.requires_grad);
        Assert.Equal([18, 18, 27, 27], autograd.grad([y.sum()], [w])[0].data<float>().ToArray());
        Assert.Equal([2, 2, 3, 3], joined[0].data<float>().ToArray());
    }

    [Fact]
    public void Gradient_OfAnActivationInTheMiddle_IsTheOneAfterIt()
    {
        Tensor x = tensor([1f, -1], [2, 1]), w = ones(1, 1).requires_grad_(), h = Fused.Linear(x, w, zeros(1), Activation.Relu), loss = h.Times(3).sum();
        IList<Tensor> gradients = autograd.grad([loss], [h, w]);
        Assert.Equal([3, 3], gradients[0].data<float>().ToArray());
        Assert.Equal(3, gradients[1].item<float>());
    }

    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void SegmentedCrossEntropy_EitherBody_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        int[][] heads = [[6], [2], [3, 2, 5, 6]];
        foreach (int[] segments in heads)
        {
            RandomStream random = new(3);
            long[] labels = new long[rows * segments.Length];
            for (int i = 0; i < labels.Length; i++) labels[i] = random.NextInt(segments[i % segments.Length]);
            Tensor byRow = tensor(labels, [rows, segments.Length]), byColumn = byRow.t().clone().t();
            Plain weights = new(rows, segments.Length, (_, _) => (float)random.NextDouble());
            Tensor weight = GradientCheck.Operand(weights, rows % 2 == 0);
            foreach (bool weighted in new[] { false, true })
            {
                Plain Specification(Plain[] x) => new(1, 1, (_, _) => CrossEntropy(x[0], labels, segments, weighted ? weights : null) * 1.5);
                GradientCheck.Compare(path, x => Fused.SegmentedCrossEntropy(x[0], byRow, segments, weighted ? weight : null).Times(1.5f), Specification, -3, 3, (rows, segments.Sum()));
                GradientCheck.Compare(path, x => Fused.SegmentedCrossEntropy(x[0], byColumn, segments, weighted ? weight : null).Times(1.5f), Specification, -3, 3, (rows, segments.Sum()));
                GradientCheck.Compare(path, x => Composed.SegmentedCrossEntropy(x[0], byRow, segments, weighted ? weight : null).Times(1.5f), Specification, -3, 3, (rows, segments.Sum()));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void BinaryCrossEntropy_EveryForm_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        RandomStream random = new(5);
        Plain y = new(rows, 1, (_, _) => random.NextInt(2)), w = new(rows, 1, (_, _) => (float)random.NextDouble());
        Tensor target = GradientCheck.Operand(y, false), weight = GradientCheck.Operand(w, true);
        double Loss(Plain x, int i) => Math.Log(1 + Math.Exp(x[i, 0])) - x[i, 0] * y[i, 0];
        GradientCheck.Compare(
            path, x => nn.functional.binary_cross_entropy_with_logits(x[0], target, weight), x => One(x[0].Sum((i, _) => w[i, 0] * Loss(x[0], i)) / rows), -4, 4, (rows, 1));
        GradientCheck.Compare(
            path, x => nn.functional.binary_cross_entropy_with_logits(x[0], target, reduction: nn.Reduction.Sum), x => One(x[0].Sum((i, _) => Loss(x[0], i))), -4, 4, (rows, 1));
        GradientCheck.Compare(
            path, x => nn.functional.binary_cross_entropy_with_logits(x[0], target, weight, nn.Reduction.None), x => new Plain(rows, 1, (i, _) => w[i, 0] * Loss(x[0], i)), -4, 4, (rows, 1));
        GradientCheck.Compare(
            path, x => nn.functional.binary_cross_entropy_with_logits(x[0], target, pos_weights: tensor([3f])),
            x => One(x[0].Sum((i, _) => y[i, 0] > 0 ? 3 * Math.Log(1 + Math.Exp(-x[0][i, 0])) : Math.Log(1 + Math.Exp(x[0][i, 0]))) / rows), -4, 4, (rows, 1));
        GradientCheck.Compare(path, x => nn.functional.mse_loss(x[0], target), x => One(x[0].Sum((i, _) => Math.Pow(x[0][i, 0] - y[i, 0], 2)) / rows), -4, 4, (rows, 1));
    }

    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void RandomEffects_EitherBody_MatchTheirSpecificationAndTheirDifferences(string path, int rows)
    {
        RandomStream random = new(9);
        Plain noise = new(rows, 3, (_, _) => (float)random.NextNormal());
        Tensor given = GradientCheck.Operand(noise, false);
        Plain Draw(Plain[] x) => new(rows, 3, (i, j) => x[0][i, j] + (SmallestDeviation + Softplus(x[1][i, j])) * noise[i, j]);
        GradientCheck.Compare(path, x => Fused.Reparameterise(x[0], x[1], given), Draw, -3, 1, (rows, 3), (rows, 3));
        GradientCheck.Compare(path, x => Composed.Reparameterise(x[0], x[1], given), Draw, -3, 1, (rows, 3), (rows, 3));

        const double prior = .15;
        Plain Divergence(Plain[] x) => One(x[0].Sum((i, j) =>
        {
            double sigma = SmallestDeviation + Softplus(x[1][i, j]);
            return Math.Log(prior / sigma) + (sigma * sigma + x[0][i, j] * x[0][i, j]) / (2 * prior * prior) - .5;
        }));
        GradientCheck.Compare(path, x => Fused.GaussianKl(x[0], x[1], prior).Times(.01f), x => Divergence(x).Map(v => .01 * v), -3, 1, (rows, 3), (rows, 3));
        GradientCheck.Compare(path, x => Composed.GaussianKl(x[0], x[1], prior).Times(.01f), x => Divergence(x).Map(v => .01 * v), -3, 1, (rows, 3), (rows, 3));
    }

    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void SelectLinear_EitherBody_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        foreach (int clusters in new[] { 1, 3, 6, 40 })
        {
            RandomStream random = new(11);
            long[] z = new long[rows];
            for (int i = 0; i < rows; i++) z[i] = random.NextInt(clusters);
            Tensor cluster = tensor(z);
            Plain Specification(Plain[] x) => new(rows, 1, (i, _) => Enumerable.Range(0, 5).Sum(d => x[0][i, d] * x[1][(int)z[i], d]) + x[2][(int)z[i], 0]);
            GradientCheck.Compare(path, x => Fused.SelectLinear(x[0], x[1], x[2], cluster), Specification, -1, 1, (rows, 5), (clusters, 5), (clusters, 1));
            GradientCheck.Compare(path, x => Composed.SelectLinear(x[0], x[1], x[2], cluster), Specification, -1, 1, (rows, 5), (clusters, 5), (clusters, 1));
        }

        Plain Mixture(Plain[] x) => new(rows, 1, (i, _) => Enumerable.Range(0, 3).Sum(c => x[3][i, c] * (Enumerable.Range(0, 5).Sum(d => x[0][i, d] * x[1][c, d]) + x[2][c, 0])));
        GradientCheck.Compare(path, x => Fused.MixLinear(x[0], x[1], x[2], x[3]), Mixture, -1, 1, (rows, 5), (3, 5), (3, 1), (rows, 3));
        GradientCheck.Compare(path, x => Composed.MixLinear(x[0], x[1], x[2], x[3]), Mixture, -1, 1, (rows, 5), (3, 5), (3, 1), (rows, 3));
    }

    [Fact]
    public void WeightedSum_EitherBody_MatchesItsSpecificationAndItsDifferences()
    {
        static Plain Specification(Plain[] x) => One(2 * x[0][0, 0] - .5 * x[1][0, 0] + x[0][0, 0]);
        GradientCheck.Compare("Scalar", x => Fused.WeightedSum((2, x[0].sum()), (-.5, x[1].sum()), (1, x[0].sum())), Specification, (1, 1), (1, 1));
        GradientCheck.Compare("Scalar", x => Composed.WeightedSum((2, x[0].sum()), (-.5, x[1].sum()), (1, x[0].sum())), Specification, (1, 1), (1, 1));
        Assert.Equal(0, Fused.WeightedSum((0, ones(1))).item<float>());
    }

    [Fact]
    public void FromColumns_StrideLargerThanTheRows_SkipsWhatIsBetween()
    {
        float[] values = [1, 2, 3, -1, 4, 5, 6];
        Assert.Equal([1, 4, 2, 5, 3, 6], Fused.FromColumns(values, 3, 2, 4).data<float>().ToArray());
        Assert.Equal([1, 4, 2, 5, 3, 6], Composed.FromColumns(values, 3, 2, 4).data<float>().ToArray());
        long[] labels = [1, 2, 3, 4];
        Assert.Equal([1, 3, 2, 4], Fused.LabelsFromColumns(labels, 2, 2, 2).data<long>().ToArray());
        Assert.Equal([1, 3, 2, 4], Composed.LabelsFromColumns(labels, 2, 2, 2).data<long>().ToArray());
        Assert.Throws<ArgumentException>(() => Fused.FromColumns(values, 3, 2, 5));
    }

    private static double Softplus(double x) => Math.Log(1 + Math.Exp(x));

    private static double Activate(double x, Activation activation) => activation == Activation.Relu ? Math.Max(0, x) : x;

    private static Plain One(double value) => new(1, 1, (_, _) => value);

    private static Plain Layer(Plain x, Plain w, Plain b, bool rectify = true) => new(
        x.Rows, w.Rows, (i, o) => Activate(Enumerable.Range(0, x.Columns).Sum(k => x[i, k] * w[o, k]) + b[0, o], rectify ? Activation.Relu : Activation.None));

    private static double CrossEntropy(Plain logits, long[] labels, int[] segments, Plain? weights)
    {
        double total = 0;
        for (int a = 0, start = 0; a < segments.Length; start += segments[a++])
        {
            for (int b = 0; b < logits.Rows; b++)
            {
                double sum = Enumerable.Range(start, segments[a]).Sum(c => Math.Exp(logits[b, c]));
                total += (weights?[b, a] ?? 1) * (Math.Log(sum) - logits[b, start + (int)labels[b * segments.Length + a]]) / logits.Rows;
            }
        }

        return total;
    }
}
