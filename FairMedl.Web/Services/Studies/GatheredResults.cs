using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Jobs;

namespace FairMedl.Web.Services.Studies;

/// <summary>
/// Cache of studies' results, gathered from their finished fits on request and again after further fits finish. While a study
/// runs the results may lag a little, so that gathering takes a small share of the machine however many pages are open.
/// </summary>
public sealed class GatheredResults(StudyStore studies, FitStore fits, StudyWorkCache works, TimeProvider clock)
{
    private const int Kept = 8, RestToWork = 5;
    private readonly RecentlyUsed<Slot> slots = new(Kept);

    /// <summary>The results of a study's finished fits; null where none has finished or the study does not exist.</summary>
    public async Task<GatheredStudy?> ReadAsync(int studyId, CancellationToken cancellation = default)
    {
        Slot slot = await slots.GetAsync(studyId, () => Task.FromResult(new Slot()), cancellation);
        await slot.Gate.WaitAsync(cancellation);
        try
        {
            while (await studies.FindAsync(studyId, cancellation) is { } study
                && study.Fits.GetValueOrDefault(FitState.Done) is > 0 and var done)
            {
                if (slot.Study is not null && (slot.Done == done || (study.State == StudyState.Running && Resting(slot))))
                    return slot.Study;

                long started = clock.GetTimestamp();
                StoredFitSource source = await fits.SourceAsync(studyId, cancellation);
                if (source.Keys.Count == 0) continue;
                IStudyWork work = await works.OpenAsync(studyId, cancellation);
                slot.Study = await LowPriorityThread.RunAsync("gather", () => source.Gather(work.Gather));
                slot.Done = source.Keys.Count;
                slot.Finished = clock.GetTimestamp();
                slot.Took = clock.GetElapsedTime(started);
                return slot.Study;
            }

            return null;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>Removes a study's results from the cache.</summary>
    public void Remove(int studyId) => slots.Remove(studyId);

    private bool Resting(Slot slot) => clock.GetElapsedTime(slot.Finished) < RestToWork * slot.Took;

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public GatheredStudy? Study { get; set; }

        public int Done { get; set; }

        public long Finished { get; set; }

        public TimeSpan Took { get; set; }
    }
}
