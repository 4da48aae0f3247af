using FairMedl.Core.Numerics;
using FairMedl.TorchContract;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

public class LearningTests
{
    [Theory]
    [InlineData(0, "Scalar")]
    [InlineData(0.1, "Scalar")]
    [InlineData(0, "Vector256")]
    [InlineData(0.1, "Vector256")]
    [InlineData(0.1, "Vector512")]
    public void Adam_HundredSteps_MatchesTheEquationsInDouble(double decay, string path)
    {
        using IDisposable forced = Paths.On(path);
        const double beta1 = .9, beta2 = .999, epsilon = 1e-7;
        const int n = 37;
        RandomStream random = new(23);
        float[] start = new float[n];
        random.FillNormal(start);
        Parameter w = nn.Parameter(tensor(start)), unused = nn.Parameter(ones(5));
        Adam adam = optim.Adam([unused, w], lr: 1e-2, beta1: beta1, beta2: beta2, eps: epsilon, weight_decay: decay);
        double[] expected = [.. start.Select(v => (double)v)], m = new double[n], v2 = new double[n];
        for (int t = 1; t <= 100; t++)
        {
            double rate = t <= 50 ? 1e-2 : 3e-3;
            foreach (optim.ILearningRateController group in adam.ParamGroups) group.LearningRate = rate;
            float[] g = new float[n];
            random.FillNormal(g, 1e-3);
            adam.zero_grad();
            (w * tensor(g)).sum().backward();
            adam.step();
            for (int i = 0; i < n; i++)
            {
                double gradient = g[i] + decay * expected[i];
                m[i] = beta1 * m[i] + (1 - beta1) * gradient;
                v2[i] = beta2 * v2[i] + (1 - beta2) * gradient * gradient;
                expected[i] -= rate * (m[i] / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(v2[i] / (1 - Math.Pow(beta2, t))) + epsilon);
            }
        }

        float[] actual = w.data<float>().ToArray();
        for (int i = 0; i < n; i++) Assert.Equal(expected[i], actual[i], 2e-5);
        Assert.Equal([1, 1, 1, 1, 1], unused.data<float>().ToArray());
    }

    [Fact]
    public void Backward_TwiceWithoutZeroGrad_Adds()
    {
        Parameter w = nn.Parameter(ones(2));
        Adam adam = optim.Adam([w], lr: 1);
        (w * 2f).sum().backward();
        (w * 3f).sum().backward();
        Assert.Equal(Math.Sqrt(50), nn.utils.clip_grad_norm_([w], 100), 1e-5);
        adam.zero_grad();
        (w * 3f).sum().backward();
        Assert.Equal(Math.Sqrt(18), nn.utils.clip_grad_norm_([w], 1), 1e-5);
        Assert.Equal(1, nn.utils.clip_grad_norm_([w], 1), 1e-5);
    }

    [Fact]
    public void Backward_OfOneOfTwoGraphs_LeavesTheOther()
    {
        using var scope = NewDisposeScope();
        Tensor w = ones(2).requires_grad_(), shared = w * 2f;
        Tensor first = (shared.detach() * w).sum(), second = shared.square().sum();
        first.backward();
        Assert.Throws<InvalidOperationException>(first.backward);
        Assert.Equal([8, 8], autograd.grad([second], [w])[0].data<float>().ToArray());
    }

    [Fact]
    public void Grad_OfInputs_LeavesTheLeavesOwnGradients()
    {
        Parameter w = nn.Parameter(full([2], 3));
        Tensor x = full([2], 5).requires_grad_(), unused = ones(1).requires_grad_();
        Tensor y = (w * x).sum();
        IList<Tensor> gradients = autograd.grad([y], [x, unused], retain_graph: true, allow_unused: true);
        Assert.Equal([3, 3], gradients[0].data<float>().ToArray());
        Assert.Null(gradients[1]);
        Assert.Throws<InvalidOperationException>(() => autograd.grad([y], [unused], retain_graph: true));
        Assert.Equal(0, nn.utils.clip_grad_norm_([w], 1));
        Assert.Throws<NotSupportedException>(() => autograd.grad([y], [x], retain_graph: true, create_graph: true));
    }

    [Fact]
    public void NoGrad_Inside_RecordsNothing()
    {
        Tensor w = ones(2).requires_grad_();
        using (no_grad())
        {
            Assert.False((w * 2f).requires_grad);
            using (enable_grad()) Assert.True((w * 2f).requires_grad);
            Assert.False((w * 2f).requires_grad);
        }

        Assert.True((w * 2f).requires_grad);
        Assert.Throws<InvalidOperationException>(ones(2).sum().backward);
        Assert.Throws<InvalidOperationException>((w * 2f).backward);
    }

    [Fact]
    public void Module_State_ListsLoadsAndRefuses()
    {
        Network network = new(2, 3), other = new(2, 3);
        Assert.Equal(["scale", "hidden.weight", "hidden.bias", "output.linear.weight", "output.linear.bias"], network.named_parameters().Select(pair => pair.name));
        network.Start([1, 2, 3, 4, 5, 6]);
        other.load_state_dict(network.state_dict());
        Assert.Equal([1, 2, 3, 4, 5, 6], other.state_dict()["hidden.weight"].data<float>().ToArray());
        Dictionary<string, Tensor> state = network.state_dict();
        state.Remove("scale");
        Assert.Contains("scale", Assert.Throws<ArgumentException>(() => other.load_state_dict(state)).Message, StringComparison.Ordinal);
        state["scale"] = ones(2);
        Assert.Contains("[2]", Assert.Throws<ArgumentException>(() => other.load_state_dict(state)).Message, StringComparison.Ordinal);
        network.eval();
        Assert.All(network.children(), child => Assert.False(child.training));
    }

    /// <summary>Separable data: the whole of modules, loss, backward and optimiser brings the loss down to nothing.</summary>
    [Fact]
    public void Network_TrainedOnSeparableData_Learns()
    {
        RandomStream random = new(29);
        float[] weights = new float[16];
        random.FillNormal(weights);
        Network network = new(2, 8);
        network.Start(weights);
        using (no_grad()) network.state_dict()["output.linear.weight"].copy_(tensor(weights[..8], [1, 8]));
        float[] x = new float[200], y = new float[100];
        random.FillNormal(x);
        for (int i = 0; i < 100; i++) y[i] = x[2 * i] + x[2 * i + 1] > 0 ? 1 : 0;
        Adam adam = optim.Adam(network.parameters(), lr: 0.05);
        double last = 0;
        for (int step = 0; step < 200; step++)
        {
            using var scope = NewDisposeScope();
            Tensor loss = nn.functional.binary_cross_entropy_with_logits(network.call(tensor(x, [100, 2])), tensor(y, [100, 1]));
            adam.zero_grad();
            loss.backward();
            adam.step();
            last = loss.item<float>();
        }

        Assert.InRange(last, 0, 0.05);
    }
}
