using FairMedl.Core.Numerics;
using FairMedl.Torch;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

/// <summary>Matrices kept as codes and numbers against the same matrices written out.</summary>
public class CodedMatrixTests
{
    private const int All = 40, Width = 15;
    private static readonly int[] Starts = [0, 3, 12], Levels = [3, 4, 2];

    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void Linear_OfCodedRows_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        (CodedMatrix matrix, Plain dense) = Random(17);
        int[] batch = Batch(rows);
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            foreach (int units in new[] { 1, 4, 7, 11, 16, 18, 40, 48 })
            {
                Plain Specification(Plain[] x) => new(rows, units, (i, o) =>
                {
                    double sum = x[1][0, o] + Enumerable.Range(0, Width).Sum(k => dense[batch[i], k] * x[0][o, k]);
                    return activation == Activation.Relu ? Math.Max(0, sum) : sum;
                });
                GradientCheck.Compare(path, x => Fused.Linear(matrix.Rows(batch), x[0], x[1].flatten(), activation), Specification, -1, 1, (units, Width), (1, units));
                GradientCheck.Compare(path, x => Fused.Linear(Composed.Rows(matrix, batch), x[0], x[1].flatten(), activation), Specification, -1, 1, (units, Width), (1, units));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void SelectLinear_OfCodedRows_MatchesItsSpecificationAndItsDifferences(string path, int rows)
    {
        (CodedMatrix matrix, Plain dense) = Random(19);
        int[] batch = Batch(rows);
        foreach (int clusters in new[] { 1, 3, 40 })
        {
            RandomStream random = new(11);
            long[] z = [.. batch.Select(_ => (long)random.NextInt(clusters))];
            Tensor cluster = tensor(z);
            Plain Specification(Plain[] x) => new(rows, 1, (i, _) => Enumerable.Range(0, Width).Sum(d => dense[batch[i], d] * x[0][(int)z[i], d]) + x[1][(int)z[i], 0]);
            GradientCheck.Compare(path, x => Fused.SelectLinear(matrix.Rows(batch), x[0], x[1], cluster), Specification, -1, 1, (clusters, Width), (clusters, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => Fused.SelectLinear(matrix.Rows([0]), ones(clusters, Width), ones(clusters, 1), tensor([(long)clusters])));
        }
    }

    /// <summary>Code 1 has the columns 3 to 6, number 1 the column 14; all others stay those of the row.</summary>
    [Theory]
    [MemberData(nameof(Paths.AllWithRows), MemberType = typeof(Paths))]
    public void Rows_WithDonors_TakeTheCodeAndTheNumberOfThose(string path, int rows)
    {
        (CodedMatrix matrix, Plain dense) = Random(43);
        int[] batch = Batch(rows), donors = [.. batch.Reverse()];
        foreach ((int code, int number) in new[] { (1, 1), (1, -1), (-1, 1), (-1, -1) })
        {
            bool Donated(int column) => (code == 1 && column is >= 3 and < 7) || (number == 1 && column == 14);
            Plain Specification(Plain[] x) => new(rows, 4, (i, o) => Enumerable.Range(0, Width).Sum(k => dense[(Donated(k) ? donors : batch)[i], k] * x[0][o, k]) + x[1][0, o]);
            GradientCheck.Compare(path, x => Fused.Linear(matrix.Rows(batch, donors, code, number), x[0], x[1].flatten(), Activation.None), Specification, -1, 1, (4, Width), (1, 4));
            GradientCheck.Compare(path, x => Fused.Linear(Composed.Rows(matrix, batch, donors, code, number), x[0], x[1].flatten(), Activation.None), Specification, -1, 1, (4, Width), (1, 4));
        }

        Assert.Throws<ArgumentException>(() => matrix.Rows(batch, [.. batch, 0], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Rows(batch, donors, 3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Rows(batch, donors, -1, 2));
    }

    [Fact]
    public void Rows_ReadByAnyOtherOperation_AreTheMatrixWrittenOut()
    {
        (CodedMatrix matrix, Plain dense) = Random(23);
        int[] batch = Batch(21);
        var expected = new Plain(21, Width, (i, j) => dense[batch[i], j]);
        GradientCheck.Equal(expected, matrix.Rows(batch), 0, "rows");
        GradientCheck.Equal(expected, matrix.Rows(batch).detach() * 1f, 0, "detached");
        GradientCheck.Equal(expected, Composed.Rows(matrix, batch), 0, "composed");
        GradientCheck.Equal(new Plain(21, 2 * Width, (i, j) => expected[i, j % Width]), Fused.Concatenate(matrix.Rows(batch), matrix.Rows(batch)) * 1f, 0, "concatenated");
    }

    [Fact]
    public void Rows_WithARequestedGradient_GiveTheWeights()
    {
        (CodedMatrix matrix, _) = Random(29);
        Tensor x = matrix.Rows([3, 4, 5]).requires_grad_(), w = tensor([.. Enumerable.Range(1, Width).Select(k => (float)k)], [1, Width]);
        float[] gradient = autograd.grad([Fused.Linear(x, w, zeros(1), Activation.None).sum()], [x])[0].data<float>().ToArray();
        Assert.Equal([.. Enumerable.Repeat(Enumerable.Range(1, Width).Select(k => (float)k), 3).SelectMany(r => r)], gradient);
    }

    [Fact]
    public void Rows_WithAnotherColumnInACodesPlace_HaveThatBlockRewritten()
    {
        (CodedMatrix matrix, Plain dense) = Random(31);
        int[] batch = Batch(9);
        var expected = new Plain(9, Width, (i, j) => j >= Starts[1] && j < Starts[1] + Levels[1] ? (j == Starts[1] + 2 ? 1 : 0) : dense[batch[i], j]);
        GradientCheck.Equal(expected, matrix.Rows(batch, 1, Starts[1] + 2), 0, "rewritten");
        GradientCheck.Equal(expected, Composed.Rows(matrix, batch, 1, Starts[1] + 2), 0, "composed");
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Rows(batch, 3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Rows(batch, 1, Width));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Rows([All]));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Rows([-1]));
    }

    [Fact]
    public void Prefetch_AnyRows_ChangesNothing()
    {
        (CodedMatrix matrix, _) = Random(41);
        float[] before = matrix.Rows([0, All - 1]).data<float>().ToArray();
        matrix.Prefetch([0, All - 1, -1, All, int.MaxValue]);
        Fused.Prefetch<float>([], 3, [0]);
        Fused.Prefetch<float>([1f], 0, [0]);
        Assert.Equal(before, matrix.Rows([0, All - 1]).data<float>().ToArray());
    }

    [Fact]
    public void Construction_OfArraysThatDoNotFit_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodedMatrix([0, 5], 1, 1, [], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodedMatrix([0, -2], 1, 1, [], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodedMatrix([0, 1], 2, 1, [5], 5));
        Assert.Throws<ArgumentException>(() => new CodedMatrix([0, 1, 0], 2, 1, [2], 5));
    }

    [Fact]
    public void Backward_AfterTheWeightsChanged_IsRefused()
    {
        (CodedMatrix matrix, _) = Random(37);
        Tensor w = nn.Parameter(ones(2, Width)), b = nn.Parameter(zeros(2)), loss = Fused.Linear(matrix.Rows([1, 2]), w, b, Activation.Relu).sum();
        using (no_grad()) w.mul_(2f);
        Assert.Throws<InvalidOperationException>(loss.backward);
    }

    private static int[] Batch(int rows)
    {
        RandomStream random = new(3);
        return [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(All))];
    }

    /// <summary>Three one-hot blocks, of which some rows have none, and two numbers in the columns 7 and 14; the columns from 8 to 11 are always 0.</summary>
    private static (CodedMatrix Matrix, Plain Dense) Random(ulong seed)
    {
        RandomStream random = new(seed);
        var dense = new Plain(All, Width, (_, _) => 0);
        const int stride = 6;
        int[] records = new int[All * stride];
        for (int row = 0; row < All; row++)
        {
            Span<int> record = records.AsSpan(row * stride, stride);
            for (int c = 0; c < 3; c++)
            {
                int level = random.NextInt(Levels[c] + 1) - 1;
                record[c] = level < 0 ? -1 : Starts[c] + level;
                if (level >= 0) dense[row, Starts[c] + level] = 1;
            }

            for (int m = 0; m < 2; m++)
            {
                float number = (float)random.NextNormal();
                dense[row, m == 0 ? 7 : 14] = number;
                record[3 + m] = BitConverter.SingleToInt32Bits(number);
            }

            // The caller's own, which is no column's.
            record[5] = 1_000_000;
        }

        return (new CodedMatrix(records, stride, 3, [7, 14], Width), dense);
    }
}
