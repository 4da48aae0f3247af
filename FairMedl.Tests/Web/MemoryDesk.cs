using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Tests.Web;

/// <summary>A service in memory on which nothing is trained: tests set what is listed.</summary>
internal sealed class InMemoryStudyService : IStudyService
{
    private readonly List<Action> watchers = [];

    /// <summary>What is listed, the newest first.</summary>
    public List<StudySummary> Studies { get; } = [];

    /// <summary>What was queued.</summary>
    public List<(int Dataset, StudyDefinition Definition)> Queued { get; } = [];

    public int Watchers => watchers.Count;

    public static StudySummary Study(int id, string name, StudyState state, int done = 0, int fits = 6, int dataset = 1) =>
        new(id, name, dataset, "Simulated lending", state, fits, done, 0, ["medl", "fair-adb-medl"], new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), null);

    public void Change() => watchers.ForEach(w => w());

    public Task<IReadOnlyList<StudySummary>> ListAsync(CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<StudySummary>>([.. Studies]);

    /// <summary>What queueing waits for.</summary>
    public Task Planning { get; set; } = Task.CompletedTask;

    public async Task<int> QueueAsync(int datasetId, StudyDefinition definition, ComputeChoice? compute = null, CancellationToken cancellation = default)
    {
        Queued.Add((datasetId, definition));
        int id = 40 + Queued.Count;
        await Planning;
        return id;
    }

    public IDisposable Watch(int? id, Action changed)
    {
        watchers.Add(changed);
        return new Watching(() => watchers.Remove(changed));
    }

    public Task<StudyDetail?> FindAsync(int id, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task CancelAsync(int id, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task PutFirstAsync(int id, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task RetryAsync(int id, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task DeleteAsync(int id, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<StudyResults?> ResultsAsync(int id, CancellationToken cancellation = default) => throw new NotSupportedException();

    private sealed class Watching(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}
