using FairMedl.Core.Fits;
using FairMedl.Engine.Managed;

namespace FairMedl.Tests;

/// <summary>The engines that tests train with.</summary>
internal static class TestCompute
{
    private static readonly ManagedEngine Engine = new();

    /// <summary>The managed engine on the CPU.</summary>
    public static ComputeTarget Managed { get; } = new(Engine, Engine.Devices[0]);
}
