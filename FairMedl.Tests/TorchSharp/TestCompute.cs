using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Engine.TorchSharp;

namespace FairMedl.Tests;

/// <summary>The engine that tests train with.</summary>
internal static class TestCompute
{
    /// <summary>TorchSharp on the CPU.</summary>
    public static ComputeTarget Default { get; } = new(new TorchSharpEngine(), new ComputeDevice(ComputeDevice.Cpu));
}
