using FairMedl.Core.Fits;
using FairMedl.Engine.Managed;

namespace FairMedl.Tests;

/// <summary>The engines that tests train with.</summary>
internal static class TestCompute
{
    /// <summary>The managed engine on the CPU.</summary>
    public static ComputeTarget Managed { get; } = Of(new ManagedEngine());

    private static ComputeTarget Of(IComputeEngine engine) => new(engine, engine.Devices[0]);
}
