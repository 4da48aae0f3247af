using Xunit;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace FairMedl.Tests.Torch;

public class ElementwiseTests
{
    private static readonly Dictionary<string, (Func<Tensor, Tensor> Operation, Func<double, double> Specification)> Functions = new()
    {
        ["negate"] = (x => -x, x => -x),
        ["affine"] = (x => 1f - x * 2f + 0.5f * x - 3, x => 1 - 2 * x + 0.5 * x - 3),
        ["divide by number"] = (x => x / 4f, x => x / 4),
        ["reciprocal"] = (x => 2f / x, x => 2 / x),
        ["abs"] = (x => (x - 1f).abs(), x => Math.Abs(x - 1)),
        ["square"] = (x => x.square(), x => x * x),
        ["sqrt"] = (x => x.sqrt(), Math.Sqrt),
        ["exp"] = (x => (x - 3f).exp(), x => Math.Exp(x - 3)),
        ["log"] = (x => x.log(), Math.Log),
        ["sigmoid"] = (x => (x - 1f).sigmoid(), x => 1 / (1 + Math.Exp(1 - x))),
        ["relu"] = (x => (x - 1f).relu(), x => Math.Max(0, x - 1)),
        ["leaky relu"] = (x => F.leaky_relu(x - 1f, 0.01), x => x > 1 ? x - 1 : 0.01 * (x - 1)),
        ["clamp"] = (x => x.clamp(0.5, 1.5), x => Math.Clamp(x, 0.5, 1.5)),
        ["softplus"] = (x => F.softplus(x - 1f), x => Math.Log(1 + Math.Exp(x - 1))),
        ["softplus far left"] = (x => F.softplus(x - 20f), x => Math.Log(1 + Math.Exp(x - 20))),
        ["clone"] = (x => x.clone(), x => x),
    };

    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Operation, Func<double, double, double> Specification)> Pairs = new()
    {
        ["add"] = ((a, b) => a + b, (a, b) => a + b),
        ["subtract"] = ((a, b) => a - b, (a, b) => a - b),
        ["multiply"] = ((a, b) => a * b, (a, b) => a * b),
        ["divide"] = ((a, b) => a / b, (a, b) => a / b),
    };

    public static TheoryData<string, string> FunctionsOnPaths => Cross(Functions.Keys);

    public static TheoryData<string, string> PairsOnPaths => Cross(Pairs.Keys);

    [Theory]
    [MemberData(nameof(FunctionsOnPaths))]
    public void Function_AwkwardSizes_MatchesItsSpecificationAndItsDifferences(string path, string name)
    {
        foreach (int rows in Paths.AwkwardRows)
            GradientCheck.Compare(path, x => Functions[name].Operation(x[0]), x => x[0].Map(Functions[name].Specification), (rows, 3));
    }

    [Theory]
    [MemberData(nameof(PairsOnPaths))]
    public void Pair_BroadcastEitherWay_MatchesItsSpecificationAndItsDifferences(string path, string name)
    {
        foreach (int rows in Paths.AwkwardRows)
        {
            foreach (((int, int) a, (int, int) b) in new[] { ((rows, 3), (rows, 3)), ((rows, 1), (rows, 3)), ((1, 3), (rows, 3)), ((rows, 3), (1, 1)), ((rows, 1), (1, 3)) })
            {
                GradientCheck.Compare(path, x => Pairs[name].Operation(x[0], x[1]), x => Broadcast(x[0], x[1], Pairs[name].Specification), a, b);
                GradientCheck.Compare(path, x => Pairs[name].Operation(x[0], x[1]), x => Broadcast(x[0], x[1], Pairs[name].Specification), b, a);
            }
        }
    }

    [Theory]
    [MemberData(nameof(PairsOnPaths))]
    public void Pair_OneOperandTwice_AddsBothGradients(string path, string name) =>
        GradientCheck.Compare(path, x => Pairs[name].Operation(x[0], x[0] * 2f), x => Broadcast(x[0], x[0].Map(v => 2 * v), Pairs[name].Specification), (9, 2));

    [Fact]
    public void Pair_ShapesThatDoNotBroadcast_NamesBoth()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => ones(3, 4) + ones(3, 5));
        Assert.Contains("[3, 4]", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("[3, 5]", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Function_NotANumberOrInfinity_FollowsIeee(string path)
    {
        using IDisposable forced = Paths.On(path);
        float[] given = new float[19];
        Array.Fill(given, 1);
        (given[0], given[1], given[2], given[3], given[17]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity, -1, 0);
        Tensor x = tensor(given);
        AssertAt(x.exp(), float.NaN, float.PositiveInfinity, 0);
        AssertAt(x.log(), float.NaN, float.PositiveInfinity, float.NaN);
        Assert.Equal(float.NegativeInfinity, x.log().data<float>()[17]);
        Assert.True(float.IsNaN(x.log().data<float>()[3]));
        AssertAt(x.relu(), float.NaN, float.PositiveInfinity, 0);
        AssertAt(x.sigmoid(), float.NaN, 1, 0);
        AssertAt(F.softplus(x), float.NaN, float.PositiveInfinity, 0);
        AssertAt(x.sqrt(), float.NaN, float.PositiveInfinity, float.NaN);
        AssertAt(x.clamp(-2, 2), float.NaN, 2, -2);

        static void AssertAt(Tensor y, params float[] expected) => Assert.Equal(expected, y.data<float>().ToArray()[..3]);
    }

    [Fact]
    public void Where_Condition_ChoosesValuesAndGradients()
    {
        foreach (int rows in Paths.AwkwardRows)
        {
            GradientCheck.Compare(
                "Scalar", x => where(x[0] > 1f, x[0] * x[1], x[1]), x => Broadcast(x[0], x[1], (a, b) => a > 1 ? a * b : b), (rows, 3), (rows, 3));
            GradientCheck.Compare("Scalar", x => where(x[0] < x[1], x[0], x[1]), x => Broadcast(x[0], x[1], Math.Min), (rows, 1), (rows, 3));
        }
    }

    [Fact]
    public void InPlace_OnAViewOrConstant_ChangesTheSharedMemory()
    {
        Tensor x = tensor([1, 2, 3, 4, 5, 6f], [2, 3]), column = x[.., 1];
        column.mul_(10f);
        x[1].sub_(tensor([1f, 1f, 1f]));
        x.detach().add_(1f);
        Assert.Equal([2, 21, 4, 4, 50, 6], x.data<float>().ToArray());
        column.zero_();
        Assert.Equal([2, 0, 4, 4, 0, 6], x.data<float>().ToArray());
    }

    [Fact]
    public void InPlace_OnAPartOfAGraph_IsRefused()
    {
        Tensor leaf = ones(2).requires_grad_();
        Assert.Throws<InvalidOperationException>(() => leaf.add_(1f));
        using (no_grad()) leaf.add_(1f);
        Assert.Equal(2f, leaf.data<float>()[0]);
    }

    [Fact]
    public void Backward_OperandChangedInPlaceSince_IsRefused()
    {
        Tensor w = ones(2).requires_grad_(), loss = w.square().sum();
        using (no_grad()) w.add_(1f);
        Assert.Contains("in place", Assert.Throws<InvalidOperationException>(loss.backward).Message, StringComparison.Ordinal);
    }

    private static Plain Broadcast(Plain a, Plain b, Func<double, double, double> f) => new(
        Math.Max(a.Rows, b.Rows), Math.Max(a.Columns, b.Columns),
        (i, j) => f(a[Math.Min(i, a.Rows - 1), Math.Min(j, a.Columns - 1)], b[Math.Min(i, b.Rows - 1), Math.Min(j, b.Columns - 1)]));

    private static TheoryData<string, string> Cross(IEnumerable<string> names)
    {
        TheoryData<string, string> data = [];
        foreach (string name in names) foreach (string path in Paths.Names) data.Add(path, name);
        return data;
    }
}
