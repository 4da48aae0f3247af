using FairMedl.TorchContract;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

/// <summary>The agreed part of TorchSharp's API not only compiles: it runs.</summary>
public class ContractTests
{
    [Fact]
    public void Create_EveryCall_Runs()
    {
        using var scope = NewDisposeScope();
        Contract.Create();
    }

    [Fact]
    public void Compute_EveryCall_Runs()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { .1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f }, new long[] { 3, 3 });
        Tensor w = ones(3, 3);
        Contract.Compute(x, w, ones(3), tensor(new long[] { 2, 0, 1 }));
        Assert.Equal(Enumerable.Repeat(1f, 9), x.data<float>().ToArray());
    }

    /// <summary>
    /// The agreement's learning step takes a gradient from a graph that backward has already walked: torch refuses, and
    /// so must we, after all the calls before it have run.
    /// </summary>
    [Fact]
    public void Learn_SecondBackwardThroughOneGraph_IsRefusedAsInTorch()
    {
        Network network = new(2, 3);
        network.Start([1, 2, 3, 4, 5, 6]);
        Tensor x = tensor(new float[] { 1, 2, 3, 4 }, new long[] { 2, 2 }, requires_grad: true), y = ones(2, 1);
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => Contract.Learn(network, x, y, zeros(2, dtype: int64), ones(2, 1)));
        Assert.Contains("second time", thrown.Message, StringComparison.Ordinal);
    }
}
