using FairMedl.Torch;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

/// <summary>What the managed engine's tape does with operations in an unusual order, and which operands it refuses.</summary>
public class TapeTests
{
    [Fact]
    public void Backward_AfterALayerChanged_IsRefused()
    {
        Parameter[] layers = [nn.Parameter(ones(3, 2)), nn.Parameter(zeros(3)), nn.Parameter(ones(1, 3)), nn.Parameter(zeros(1))];
        Tensor loss = Fused.Perceptron(ones(4, 2), layers).sum();
        using (no_grad()) layers[2].mul_(2f);
        Assert.Throws<InvalidOperationException>(loss.backward);
    }

    /// <summary>Places on two tapes say nothing about each other: what is computed outside a scope may be read there too.</summary>
    [Fact]
    public async Task Linear_OfARectifiedLayerOutsideTheScope_LeavesRoomForItsOtherReaders()
    {
        // On a thread of its own both tapes start empty.
        float[] gradient = await Task.Factory.StartNew(Gradient, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.Equal([5f, 1], gradient);

        static float[] Gradient()
        {
            Tensor x = tensor([1f, -1], [2, 1]).requires_grad_(), w = ones(1, 1), b = zeros(1);
            Tensor h = Fused.Linear(x, w, b, Activation.Relu), sum = h.sum();
            using DisposeScope scope = NewDisposeScope();
            Tensor other = x * 1f, y = Fused.Linear(h, 3 * ones(1, 1), b, Activation.None);
            return autograd.grad([y.sum() + sum + other.sum()], [x])[0].data<float>().ToArray();
        }
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void SegmentedCrossEntropy_InvalidLabel_Throws(string path)
    {
        using IDisposable forced = Paths.On(path);
        Assert.Throws<ArgumentOutOfRangeException>(() => Fused.SegmentedCrossEntropy(ones(3, 2), tensor([0L, 1, 2], [3, 1]), new Segments(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fused.SegmentedCrossEntropy(ones(3, 2), tensor([0L, 1, -1], [3, 1]), new Segments(2)));
        Assert.Throws<ArgumentException>(() => Fused.SegmentedCrossEntropy(ones(3, 2), tensor([0L, 1, 1], [3, 1]), new Segments(3)));
    }

    [Theory]
    [MemberData(nameof(Paths.All), MemberType = typeof(Paths))]
    public void SelectLinear_InvalidCluster_Throws(string path)
    {
        using IDisposable forced = Paths.On(path);
        foreach (int clusters in new[] { 3, 40 })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Fused.SelectLinear(ones(1, 2), ones(clusters, 2), ones(clusters, 1), tensor([(long)clusters])));
            Assert.Throws<ArgumentOutOfRangeException>(() => Fused.SelectLinear(ones(1, 2), ones(clusters, 2), ones(clusters, 1), tensor([-1L])));
        }
    }
}
