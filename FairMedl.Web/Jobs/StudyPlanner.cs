using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Storage;
using FairMedl.Core.Training;

namespace FairMedl.Web.Jobs;

/// <summary>Planner of studies on <see cref="StudyPlan"/>.</summary>
public sealed class StudyPlanner : IStudyPlanner
{
    /// <inheritdoc/>
    public IStudyWork Plan(ExperimentDefinition definition, Table table) => new Work(StudyPlan.Create(definition, table));

    private sealed class Work(StudyPlan plan) : IStudyWork
    {
        private readonly Dictionary<FitKey, PlannedFit> byKey = plan.Fits.ToDictionary(f => f.Key);

        public StudyData Data => plan.Data;

        public IReadOnlyList<NewFit> Fits { get; } = [.. plan.Fits.Select(f => new NewFit(f.Key, f.Training.Epochs))];

        public FitResult Run(FitKey fit, IProgress<EpochLosses>? progress, CancellationToken cancellation) =>
            plan.Run(byKey[fit], progress, cancellation);

        public GatheredStudy Gather(IFitSource fits) => StudyGathering.Gather(plan, fits);
    }
}
