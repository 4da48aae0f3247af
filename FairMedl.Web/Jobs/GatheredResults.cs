using FairMedl.Core.Experiments;
using FairMedl.Core.Storage;
using FairMedl.Core.Training;
using FairMedl.Web.Hosting;

namespace FairMedl.Web.Jobs;

/// <summary>
/// The numbers of studies, gathered from their fits when somebody asks and kept while no further fit is done. While a study
/// runs they may be a little behind, so that gathering takes a small part of the machine however many watch.
/// </summary>
public sealed class GatheredResults(StudyStore studies, FitStore fits, StudyWorks works, ProgressFeed feed, TimeProvider clock)
{
    private const int Kept = 16, RestToWork = 5;
    private readonly RecentlyUsed<Slot> slots = new(Kept);

    /// <summary>The numbers of the fits that are done; null while there is none, or no such study.</summary>
    public async Task<StudyResults?> ReadAsync(int studyId, CancellationToken cancellation = default)
    {
        Slot slot = await slots.GetAsync(studyId, () => Task.FromResult(new Slot()), cancellation);
        await slot.Gate.WaitAsync(cancellation);
        try
        {
            if (await studies.FindAsync(studyId, cancellation) is not { } study) return null;
            int done = study.Fits.GetValueOrDefault(FitState.Done);
            if (done == 0) return null;
            if (slot.Results is not null && (slot.Done == done || (study.State == StudyState.Running && Resting(slot)))) return slot.Results;

            long started = clock.GetTimestamp();
            IReadOnlyList<FitResult> results = await fits.ResultsAsync(studyId, cancellation);
            if (results.Count < done) feed.Changed(studyId);
            if (results.Count == 0) return null;
            IStudyWork work = await works.OpenAsync(studyId, cancellation);
            slot.Results = await LowPriorityThread.RunAsync("gather", () => work.Gather(results));
            slot.Done = results.Count;
            slot.Finished = clock.GetTimestamp();
            slot.Took = clock.GetElapsedTime(started);
            return slot.Results;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>Forgets a study.</summary>
    public void Remove(int studyId) => slots.Remove(studyId);

    private bool Resting(Slot slot) => clock.GetElapsedTime(slot.Finished) < RestToWork * slot.Took;

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public StudyResults? Results { get; set; }

        public int Done { get; set; }

        public long Finished { get; set; }

        public TimeSpan Took { get; set; }
    }
}
