using FairMedl.Core.Data;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Definition;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Datasets;

namespace FairMedl.Web.Services.Studies;

/// <summary>Cache of the plans of recently used studies. Each is created once and shared by its fits and pages.</summary>
public sealed class StudyWorkCache(StudyStore studies, IDatasetCatalogue datasets, IStudyPlanner planner) : IStudyWorks
{
    private const int Kept = 4;
    private readonly RecentlyUsed<IStudyWork> works = new(Kept);

    /// <inheritdoc/>
    public Task<IStudyWork> OpenAsync(int studyId, CancellationToken cancellation = default) =>
        works.GetAsync(studyId, () => MakeAsync(studyId), cancellation);

    /// <summary>Adds the plan of a new study.</summary>
    public Task KeepAsync(int studyId, IStudyWork work) => works.GetAsync(studyId, () => Task.FromResult(work));

    /// <summary>Removes a study.</summary>
    public void Remove(int studyId) => works.Remove(studyId);

    private async Task<IStudyWork> MakeAsync(int studyId)
    {
        StudyOverview study = await studies.FindAsync(studyId)
            ?? throw new InputException(new InputFault("The study was deleted.", "Queue it again."));
        Table table = await datasets.OpenAsync(study.Study.DatasetId)
            ?? throw new InputException(new InputFault("The study's data set was deleted.",
                "Upload the file again and queue a new study."));
        return planner.Plan(StudyJson.Parse(study.Study.Definition), table, study.Study.Compute);
    }
}
