using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Storage;
using FairMedl.Web.Datasets;
using FairMedl.Web.Hosting;

namespace FairMedl.Web.Jobs;

/// <summary>The work of the studies that are running or read, laid over their tables once and shared by their fits.</summary>
public sealed class StudyWorkCache(StudyStore studies, IDatasetCatalogue datasets, IStudyPlanner planner)
{
    private const int Kept = 4;
    private readonly RecentlyUsed<IStudyWork> works = new(Kept);

    /// <summary>A study's work.</summary>
    /// <exception cref="InputException">The study or its data is gone, or the definition does not fit it (any more).</exception>
    public Task<IStudyWork> OpenAsync(int studyId, CancellationToken cancellation = default) =>
        works.GetAsync(studyId, () => MakeAsync(studyId), cancellation);

    /// <summary>Keeps work that was just planned for a new study.</summary>
    public Task KeepAsync(int studyId, IStudyWork work) => works.GetAsync(studyId, () => Task.FromResult(work));

    /// <summary>Forgets a study.</summary>
    public void Remove(int studyId) => works.Remove(studyId);

    private async Task<IStudyWork> MakeAsync(int studyId)
    {
        StudyOverview study = await studies.FindAsync(studyId)
            ?? throw new InputException(new InputFault("The study is gone.", "Queue it again."));
        Table table = await datasets.OpenAsync(study.Study.DatasetId)
            ?? throw new InputException(new InputFault("The study's data set is gone.", "Upload the file again and queue a new study."));
        return planner.Plan(ExperimentJson.Parse(study.Study.Definition), table);
    }
}
