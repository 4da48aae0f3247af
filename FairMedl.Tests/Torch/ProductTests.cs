using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

public class ProductTests
{
    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void MatMul_EveryWidthOfTheRightFactor_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        foreach (int n in new[] { 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13 })
            GradientCheck.Compare(path, x => x[0].matmul(x[1]), x => Product(x[0], x[1]), (rows, 3), (3, n));
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void MatMul_MoreRowsThanATile_MatchesItsSpecificationAndItsDifferences(string path)
    {
        // The last spans several blocks of the weights' gradient.
        foreach (int rows in new[] { 32, 65, 2100 }) GradientCheck.Compare(path, x => matmul(x[0], x[1]), x => Product(x[0], x[1]), (rows, 7), (7, 6));
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void MatMul_TransposedAndSlicedFactors_MatchesItsSpecificationAndItsDifferences(string path)
    {
        foreach (int rows in Paths.AwkwardRows)
        {
            GradientCheck.Compare(path, x => x[0].t().matmul(x[1]), x => Product(Turned(x[0]), x[1]), (3, rows), (3, 5));
            GradientCheck.Compare(path, x => x[0].matmul(x[1].t()), x => Product(x[0], Turned(x[1])), (rows, 3), (5, 3));
            GradientCheck.Compare(
                path, x => x[0][1.., 1..3].matmul(x[1][.., 2..]), x => Product(Part(x[0], 1, 1, rows, 2), Part(x[1], 0, 2, 2, 3)), (rows + 1, 4), (2, 5));
        }
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void MatMul_BatchesAndVectors_MatchesItsSpecificationAndItsDifferences(string path)
    {
        GradientCheck.Compare(path, x => bmm(stack([x[0], x[0] * 2f]), stack([x[1], x[1]]))[1], x => Product(x[0].Map(v => 2 * v), x[1]), (9, 3), (3, 2));
        GradientCheck.Compare(path, x => x[0].squeeze(0).matmul(x[1]), x => Product(x[0], x[1]), (1, 3), (3, 2));
        GradientCheck.Compare(path, x => x[0].matmul(x[1].squeeze(1)), x => Product(x[0], x[1]), (9, 3), (3, 1));
        GradientCheck.Compare(path, x => x[0].squeeze(0).matmul(x[1].squeeze(1)), x => Product(x[0], x[1]), (1, 3), (3, 1));
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void MatMul_RowsOfThePaddingNotANumber_DoNotLeak(string path)
    {
        using IDisposable forced = Paths.On(path);
        using var scope = NewDisposeScope();
        Tensor whole = (zeros(33, 3).clone().detach() / zeros(33, 3)).t().clone().t();
        Tensor x = whole[..9, ..];
        x.copy_(ones(9, 3));
        Tensor w = ones(3, 2).requires_grad_(), y = x.matmul(w);
        Assert.All(y.data<float>().ToArray(), value => Assert.Equal(3, value));
        Assert.All(autograd.grad([(y * y).sum()], [w])[0].data<float>().ToArray(), value => Assert.Equal(54, value));
    }

    [Fact]
    public void MatMul_ShapesThatDoNotFit_NamesBoth()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => ones(128, 75).matmul(ones(74, 4)));
        Assert.Contains("[128, 75]", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("[74, 4]", thrown.Message, StringComparison.Ordinal);
    }

    internal static Plain Product(Plain a, Plain b) => new(a.Rows, b.Columns, (i, j) => Enumerable.Range(0, a.Columns).Sum(k => a[i, k] * b[k, j]));

    private static Plain Turned(Plain x) => new(x.Columns, x.Rows, (i, j) => x[j, i]);

    private static Plain Part(Plain x, int row, int column, int rows, int columns) => new(rows, columns, (i, j) => x[row + i, column + j]);
}
