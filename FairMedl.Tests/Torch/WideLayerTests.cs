using FairMedl.Core.Numerics;
using FairMedl.Torch;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

/// <summary>Wide layers over many rows, whose weights' gradients are summed as outer products, compared with plain loops in double precision.</summary>
public class WideLayerTests
{
    private const float Tolerance = 2e-5f;

    public static TheoryData<string, int> PathsWithRows
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string path in Paths.Names) foreach (int rows in new[] { 64, 130, 300 }) data.Add(path, rows);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(PathsWithRows))]
    public void Gradients_OfOneLayerAndOfTwo_MatchPlainLoops(string path, int rows)
    {
        using IDisposable forced = Paths.On(path);
        foreach (int[] widths in new[] { new[] { 200, 32 }, [90, 64], [20, 97], [70, 64, 33], [5, 40, 130] })
        {
            using DisposeScope scope = NewDisposeScope();
            var net = new Network(rows, widths, seed: 3);
            net.Check(Fused.Perceptron(net.X, net.Layers), [net.X]);
            net.Check(net.ByLayers(net.X), [net.X]);
        }
    }

    [Theory]
    [MemberData(nameof(PathsWithRows))]
    public void Gradients_OfTenPartsSideBySide_MatchThoseOfTheWhole(string path, int rows)
    {
        using IDisposable forced = Paths.On(path);
        using DisposeScope scope = NewDisposeScope();
        var net = new Network(rows, [45, 34], seed: 4);
        int[] starts = [0, 1, 3, 6, 10, 15, 21, 28, 36, 40, 45];
        Tensor[] parts = [.. Enumerable.Range(0, 10).Select(i => net.X.detach()[.., starts[i]..starts[i + 1]].clone().requires_grad_())];
        net.Check(Fused.Perceptron(Fused.Concatenate(parts), net.Layers), parts);
        net.Check(net.ByLayers(Fused.Concatenate(parts)), parts);
    }

    /// <summary>The sums of a bias gradient have one order, regardless of which other gradients are computed.</summary>
    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void BiasGradient_WithAnyOtherGradients_IsTheSameToTheLastBit(string path)
    {
        using IDisposable forced = Paths.On(path);
        using DisposeScope scope = NewDisposeScope();
        var net = new Network(130, [20, 40, 3], seed: 5);
        Tensor w = net.Layers[0], b = net.Layers[1];
        Tensor h = Fused.Linear(net.X, w, b, Activation.Relu), loss = (Fused.Linear(h, net.Layers[2], net.Layers[3], Activation.None) * net.Slope).sum();
        float[] Of(params Tensor[] wanted) => autograd.grad([loss], [.. wanted], retain_graph: true)[0].data<float>().ToArray();

        float[] alone = Of(b);
        Assert.Equal(alone, Of(b, w));
        Assert.Equal(alone, Of(b, h));
        Assert.Equal(alone, Of(b, w, h, net.X));
        Assert.Contains(alone, v => v != 0);
    }

    /// <summary>What is there is added to, for the weight and for the bias each on its own account.</summary>
    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void Gradients_AreAddedToWhatIsThere_WeightAndBiasApart(string path)
    {
        using IDisposable forced = Paths.On(path);
        using DisposeScope scope = NewDisposeScope();
        foreach (Func<Tensor, Tensor, Tensor, Tensor> layer in new Func<Tensor, Tensor, Tensor, Tensor>[] { (x, w, b) => Fused.Linear(x, w, b, Activation.None), (x, w, b) => Fused.Perceptron(x, [w, b]) })
        {
            var net = new Network(100, [6, 40], seed: 6);
            Parameter w = nn.Parameter(net.Layers[0].detach().clone()), shared = nn.Parameter(zeros(40)), fresh = nn.Parameter(zeros(40)), other = nn.Parameter(ones(40, 6));
            Tensor x = net.X.detach();
            layer(x, w, shared).sum().backward();
            float[] once = Received(w);
            layer(x, w, fresh).sum().backward();
            Assert.Equal(once.Select(v => v + v), Received(w));
            Assert.All(Received(fresh), v => Assert.Equal(100, v));

            // A fresh weight over a bias that has a gradient, and the bias of two layers.
            (layer(x, other, shared).sum() + layer(x, w.detach(), shared).sum()).backward();
            Assert.Equal(x.sum(0).data<float>().ToArray(), Received(other)[..6], (a, b) => Math.Abs(a - b) < 1e-4f);
            Assert.All(Received(shared), v => Assert.Equal(300, v));
        }
    }

    /// <summary>The gradient that backward has left in a packed parameter.</summary>
    private static unsafe float[] Received(Parameter of)
    {
        Assert.True(of.hasGradient);
        return new ReadOnlySpan<float>((void*)of.gradient, (int)of.numel()).ToArray();
    }

    /// <summary>y = u[z] x + u[z]: one tensor is slope and intercept.</summary>
    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void SelectLinear_WhoseSlopesAreItsIntercepts_AddsBothGradients(string path)
    {
        using IDisposable forced = Paths.On(path);
        foreach (int clusters in new[] { 3, 32, 40 })
        {
            using DisposeScope scope = NewDisposeScope();
            const int rows = 200;
            long[] z = [.. Enumerable.Range(0, rows).Select(i => (long)(i * 7 % clusters))];
            float[] x = [.. Enumerable.Range(0, rows).Select(i => i % 5 * 0.25f)], expected = new float[clusters];
            for (int i = 0; i < rows; i++) expected[z[i]] += x[i] + 1;
            Tensor u = ones(clusters, 1).requires_grad_();
            Assert.Equal(expected, autograd.grad([Fused.SelectLinear(tensor(x, [rows, 1]), u, u, tensor(z)).sum()], [u])[0].data<float>().ToArray());
        }
    }

    /// <summary>Layers with max(., 0) between them, the loss sum(slope * y), and its gradients by plain loops.</summary>
    private sealed class Network
    {
        private readonly int rows;
        private readonly int[] widths;
        private readonly float[][] values;

        public Network(int rows, int[] widths, ulong seed)
        {
            (this.rows, this.widths) = (rows, widths);
            var random = new RandomStream(seed);
            float[] Normal(int count)
            {
                float[] normal = new float[count];
                random.FillNormal(normal);
                return normal;
            }

            values = [Normal(rows * widths[0]), Normal(rows * widths[^1]), .. Enumerable.Range(1, widths.Length - 1).SelectMany(l => new[] { Normal(widths[l] * widths[l - 1]), Normal(widths[l]) })];
            X = tensor(values[0], [rows, widths[0]]).requires_grad_();
            Slope = tensor(values[1], [rows, widths[^1]]);
            Layers = [.. Enumerable.Range(1, widths.Length - 1).SelectMany(l => new[] { tensor(values[2 * l], [widths[l], widths[l - 1]]).requires_grad_(), tensor(values[2 * l + 1]).requires_grad_() })];
        }

        public Tensor X { get; }

        public Tensor Slope { get; }

        public Tensor[] Layers { get; }

        public Tensor ByLayers(Tensor x)
        {
            for (int l = 0; l < Layers.Length; l += 2) x = Fused.Linear(x, Layers[l], Layers[l + 1], l + 2 < Layers.Length ? Activation.Relu : Activation.None);
            return x;
        }

        /// <summary>Holds the gradients of sum(slope * y) by the layers, and by the parts of x side by side, against the loops'.</summary>
        public void Check(Tensor y, Tensor[] parts)
        {
            IList<Tensor> actual = autograd.grad([(y * Slope).sum()], [.. Layers, .. parts]);
            (double Value, double Size)[][] expected = Gradients();
            for (int l = 0; l < Layers.Length; l++) Near(expected[l], actual[l].data<float>().ToArray());
            float[][] byPart = [.. parts.Select((_, p) => actual[Layers.Length + p].data<float>().ToArray())];
            Near(expected[^1], [.. Enumerable.Range(0, rows).SelectMany(i => byPart.SelectMany(p => p.Skip(i * (p.Length / rows)).Take(p.Length / rows)))]);
        }

        // Each with the sum of its terms' sizes, which rounding is measured by.
        private (double Value, double Size)[][] Gradients()
        {
            double[][] activations = [[.. values[0].Select(v => (double)v)]];
            for (int l = 1; l < widths.Length; l++)
            {
                double[] before = activations[^1], after = new double[rows * widths[l]];
                for (int i = 0; i < rows; i++)
                    for (int o = 0; o < widths[l]; o++)
                    {
                        double sum = values[2 * l + 1][o];
                        for (int k = 0; k < widths[l - 1]; k++) sum += before[i * widths[l - 1] + k] * values[2 * l][o * widths[l - 1] + k];
                        after[i * widths[l] + o] = l < widths.Length - 1 ? Math.Max(0, sum) : sum;
                    }

                activations = [.. activations, after];
            }

            var gradients = new (double Value, double Size)[Layers.Length + 1][];
            (double Value, double Size)[] g = [.. values[1].Select(v => ((double)v, Math.Abs((double)v)))];
            for (int l = widths.Length - 1; l > 0; l--)
            {
                int n = widths[l], inputs = widths[l - 1];
                var w = new (double Value, double Size)[n * inputs];
                var b = new (double Value, double Size)[n];
                var x = new (double Value, double Size)[rows * inputs];
                for (int i = 0; i < rows; i++)
                    for (int o = 0; o < n; o++)
                    {
                        (double value, double size) = g[i * n + o];
                        b[o] = (b[o].Value + value, b[o].Size + size);
                        for (int k = 0; k < inputs; k++)
                        {
                            double a = activations[l - 1][i * inputs + k], weight = values[2 * l][o * inputs + k];
                            w[o * inputs + k] = (w[o * inputs + k].Value + value * a, w[o * inputs + k].Size + size * Math.Abs(a));
                            x[i * inputs + k] = (x[i * inputs + k].Value + value * weight, x[i * inputs + k].Size + size * Math.Abs(weight));
                        }
                    }

                (gradients[2 * l - 2], gradients[2 * l - 1]) = (w, b);
                for (int j = 0; j < x.Length && l > 1; j++) if (activations[l - 1][j] <= 0) x[j] = default;
                g = x;
            }

            gradients[^1] = g;
            return gradients;
        }

        private static void Near((double Value, double Size)[] expected, float[] actual)
        {
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < actual.Length; i++) Assert.True(Math.Abs(expected[i].Value - actual[i]) <= Tolerance * expected[i].Size, $"{i}: {actual[i]} for {expected[i].Value}");
        }
    }
}
