using FairMedl.Core.Data.Tables;
using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Web.Jobs;

namespace FairMedl.Web.Services.Studies;

/// <summary>Planner of studies on <see cref="StudyPlan"/>.</summary>
public sealed class StudyPlanner(ComputeTarget compute) : IStudyPlanner
{
    /// <inheritdoc/>
    public IStudyWork Plan(StudyDefinition definition, Table table) => new Work(StudyPlan.Create(definition, table), compute);

    private sealed class Work(StudyPlan plan, ComputeTarget compute) : IStudyWork
    {
        private readonly Dictionary<FitKey, PlannedFit> byKey = plan.Fits.ToDictionary(f => f.Key);

        public StudyData Data => plan.Data;

        public IReadOnlyList<NewFit> Fits { get; } = [.. plan.Fits.Select(f => new NewFit(f.Key, f.Training.Epochs))];

        public FitResult Run(FitKey fit, IProgress<EpochLosses>? progress, CancellationToken cancellation) =>
            plan.Run(compute, byKey[fit], progress, cancellation);

        public GatheredStudy Gather(IFitSource fits) => StudyGathering.Gather(plan, fits);
    }
}
