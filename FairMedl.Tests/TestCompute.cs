using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Studies.Plan;
using FairMedl.Engine.Managed;
using FairMedl.Web.Services.Compute;

namespace FairMedl.Tests;

/// <summary>The engines that tests train with.</summary>
internal static class TestCompute
{
    private static readonly ManagedEngine Engine = new();

    /// <summary>The managed engine on the CPU.</summary>
    public static ComputeTarget Managed { get; } = new(Engine, Engine.Devices[0]);

    /// <summary>The engine of the tests that run once more on TorchSharp; here the managed one.</summary>
    public static ComputeTarget Default => Managed;

    /// <summary>Chooses the managed engine for every study.</summary>
    public static IFitCompute Choice { get; } = new Fixed(Managed);

    private sealed class Fixed(ComputeTarget target) : IFitCompute
    {
        public ComputeTarget Choose(ComputeChoice? own, StudyPlan plan, CancellationToken cancellation) => target;
    }
}
