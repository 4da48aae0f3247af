using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

public class ViewTests
{
    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void View_OfEveryKind_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        GradientCheck.Compare(path, x => x[0].t() * 2f, x => new Plain(3, rows, (i, j) => 2 * x[0][j, i]), (rows, 3));
        GradientCheck.Compare(path, x => x[0].transpose(0, 1).transpose(1, 0), x => x[0], (rows, 3));
        GradientCheck.Compare(path, x => x[0].reshape(-1, 1), x => new Plain(3 * rows, 1, (i, _) => x[0][i / 3, i % 3]), (rows, 3));
        GradientCheck.Compare(path, x => x[0].view(3, -1), x => new Plain(3, rows, (i, j) => x[0][(i * rows + j) / 3, (i * rows + j) % 3]), (rows, 3));
        GradientCheck.Compare(path, x => x[0].t().flatten(), x => new Plain(1, 3 * rows, (_, j) => x[0][j % rows, j / rows]), (rows, 3));
        GradientCheck.Compare(path, x => x[0].unsqueeze(1).expand(-1, 2, -1).sum(1), x => x[0].Map(v => 2 * v), (rows, 3));
        GradientCheck.Compare(path, x => x[0].expand(rows, 3).t() * 1f, x => new Plain(3, rows, (i, _) => x[0][0, i]), (1, 3));
        GradientCheck.Compare(path, x => x[0][.., 1], x => new Plain(rows, 1, (i, _) => x[0][i, 1]), (rows, 3));
        GradientCheck.Compare(path, x => x[0][.., 1..], x => new Plain(rows, 2, (i, j) => x[0][i, j + 1]), (rows, 3));
        GradientCheck.Compare(path, x => x[0][.., TensorIndex.Slice(0, null, 2)], x => new Plain(rows, 2, (i, j) => x[0][i, 2 * j]), (rows, 3));
        GradientCheck.Compare(path, x => x[0][-1], x => new Plain(1, 3, (_, j) => x[0][rows - 1, j]), (rows, 3));
        GradientCheck.Compare(path, x => x[0][1..][.., 0..2], x => new Plain(rows, 2, (i, j) => x[0][i + 1, j]), (rows + 1, 3));
        GradientCheck.Compare(path, x => cat([x[0], x[1], x[0]], 1), x => new Plain(rows, 8, (i, j) => j < 3 ? x[0][i, j] : j < 5 ? x[1][i, j - 3] : x[0][i, j - 5]), (rows, 3), (rows, 2));
        GradientCheck.Compare(path, x => cat([x[0], x[1]]), x => new Plain(rows + 2, 3, (i, j) => i < rows ? x[0][i, j] : x[1][i - rows, j]), (rows, 3), (2, 3));
        GradientCheck.Compare(path, x => stack([x[0], x[1]], 1).reshape(rows, -1), x => new Plain(rows, 6, (i, j) => x[j / 3][i, j % 3]), (rows, 3), (rows, 3));
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Index_GatherAndSelect_MatchesItsSpecificationAndItsDifferences(string path)
    {
        Tensor rows = tensor([2L, 0, 2, 1]), columns = tensor([0L, 2, 1], [3, 1]);
        GradientCheck.Compare(path, x => x[0].index_select(0, rows), x => new Plain(4, 3, (i, j) => x[0][new[] { 2, 0, 2, 1 }[i], j]), (3, 3));
        GradientCheck.Compare(path, x => x[0].index_select(1, rows), x => new Plain(3, 4, (i, j) => x[0][i, new[] { 2, 0, 2, 1 }[j]]), (3, 3));
        GradientCheck.Compare(path, x => x[0].gather(1, columns), x => new Plain(3, 1, (i, _) => x[0][i, new[] { 0, 2, 1 }[i]]), (3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ones(2, 3).index_select(0, rows));
    }

    [Fact]
    public void View_WrittenThrough_ChangesItsSource()
    {
        Tensor x = zeros(2, 3), t = x.t(), flat = x.view(-1), constant = x.detach();
        t[2, 1].add_(5f);
        Assert.Equal([0, 0, 0, 0, 0, 5], flat.data<float>().ToArray());
        constant.data<float>().CopyFrom([1, 2, 3, 4, 5, 6]);
        Assert.Equal([1, 4, 2, 5, 3, 6], t.data<float>().ToArray());
        Assert.Equal(6, x.data<float>()[5]);
    }

    [Fact]
    public void View_OfARepeatedElement_CannotBeWritten() =>
        Assert.Throws<InvalidOperationException>(() => ones(1, 3).expand(4, 3).add_(1f));

    [Fact]
    public void Reshape_WrongCount_NamesShapes()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => ones(2, 3).reshape(4, -1));
        Assert.Contains("[2, 3]", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("[4, -1]", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_Int64_MoveThroughViewsAndCopies()
    {
        Tensor labels = tensor([1L, 2, 3, 4, 5, 6], [3, 2]);
        Assert.Equal([2, 4, 6], labels[.., 1].data<long>().ToArray());
        Assert.Equal([1, 3, 5, 2, 4, 6], labels.t().clone().data<long>().ToArray());
        Assert.Throws<InvalidOperationException>(() => labels.data<float>());
        Assert.Throws<InvalidOperationException>(() => labels + 1f);
    }
}
