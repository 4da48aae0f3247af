using FairMedl.Core.Fits.Engines;
using FairMedl.Engine.Managed;

namespace FairMedl.Benchmarks;

/// <summary>The engines that are measured.</summary>
internal static class Compute
{
    private static readonly ManagedEngine Engine = new();

    /// <summary>The managed engine on the CPU.</summary>
    public static ComputeTarget Managed { get; } = new(Engine, Engine.Devices[0]);
}
