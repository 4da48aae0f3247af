using System.Runtime.InteropServices;
using FairMedl.Engine.Models;
using FairMedl.Engine.Training;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine;

public sealed class OptimiserFailureTests
{
    /// <summary>libtorch's meta device has no kernel for this gradient: the failure is an exception and does not end the process.</summary>
    [Fact]
    public void Descend_FailureOnTheWayBack_IsAnException()
    {
        using DisposeScope weights = NewDisposeScope();
        using IDisposable meta = FitDevice.Use(META);
        Parameter w = nn.Parameter(ones(3, device: META));
        var optimiser = new Optimiser([w], 0.1);
        Tensor loss = nn.functional.mse_loss(w * w, zeros(3, device: META));
        Assert.Throws<ExternalException>(() => optimiser.Descend(loss, 0.1));
    }
}
