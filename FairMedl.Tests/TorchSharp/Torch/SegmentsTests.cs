using FairMedl.Torch;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

/// <summary>Heads of different sizes side by side, padded to one size.</summary>
public sealed class SegmentsTests
{
    [Fact]
    public void Pad_HeadsOfDifferentSizes_PutsAbsentClassesFarBelow()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor padded = new Segments(2, 3).Pad(tensor([1f, 2, 3, 4, 5], [1, 5]));

        Assert.Equal([1, 3, 2], padded.shape);
        Assert.Equal([1, 3, 2, 4, -1e30f, 5], padded.data<float>().ToArray());
    }

    [Fact]
    public void Pad_OnTheSameDeviceAgain_SendsNothingToIt()
    {
        using DisposeScope scope = NewDisposeScope();
        var heads = new Segments(2, 3);
        Tensor logits = ones(4, 5);
        heads.Pad(logits);
        long kept = DisposeScopeManager.Statistics.DetachedFromScopeCount;
        heads.Pad(logits);

        Assert.Equal(kept, DisposeScopeManager.Statistics.DetachedFromScopeCount);
    }
}
