using FairMedl.Core.Data;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Compute;

namespace FairMedl.Web.Services.Studies;

/// <summary>Planner of studies on <see cref="StudyPlan"/>.</summary>
public sealed class StudyPlanner(IFitCompute engines) : IStudyPlanner
{
    /// <inheritdoc/>
    public IStudyWork Plan(StudyDefinition definition, Table table, ComputeChoice? compute = null) =>
        new Work(StudyPlan.Create(definition, table), engines, compute);

    private sealed class Work(StudyPlan plan, IFitCompute engines, ComputeChoice? own) : IStudyWork
    {
        private readonly Dictionary<FitKey, PlannedFit> byKey = plan.Fits.ToDictionary(f => f.Key);
        private ComputeTarget? target;

        private SemaphoreSlim Choosing { get; } = new(1);

        public StudyData Data => plan.Data;

        public IReadOnlyList<NewFit> Fits { get; } = [.. plan.Fits.Select(f => new NewFit(f.Key, f.Epochs))];

        public async Task<ComputeTarget?> ComputeAsync(CancellationToken cancellation) =>
            Volatile.Read(ref target) ?? await LowPriorityThread.RunAsync("choose compute", () => Target(cancellation));

        public FitResult Run(FitKey fit, IProgress<EpochLosses>? progress, CancellationToken cancellation) =>
            plan.Run(Volatile.Read(ref target) ?? Target(cancellation), byKey[fit], progress, cancellation);

        public GatheredStudy Gather(IFitSource fits) => StudyGathering.Gather(plan, fits);

        // One fit chooses, and the others wait for it until they are cancelled. A failure is not kept: a device that was missing may be
        // there at the next attempt.
        private ComputeTarget Target(CancellationToken cancellation)
        {
            Choosing.Wait(cancellation);
            try
            {
                return target ??= engines.Choose(own, plan, cancellation);
            }
            finally
            {
                Choosing.Release();
            }
        }
    }
}
