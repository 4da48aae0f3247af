using FairMedl.Core.Fits;
using FairMedl.Engine.Managed;

namespace FairMedl.Benchmarks;

/// <summary>The engines that are measured.</summary>
internal static class Compute
{
    /// <summary>The managed engine on the CPU.</summary>
    public static ComputeTarget Managed { get; } = Of(new ManagedEngine());

    private static ComputeTarget Of(IComputeEngine engine) => new(engine, engine.Devices[0]);
}
