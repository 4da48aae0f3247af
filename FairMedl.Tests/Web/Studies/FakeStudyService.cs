using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Tests.Web.Results;
using FairMedl.Web.Services.Compute;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Tests.Web.Studies;

/// <summary>A service that tells what a test has put on it, and remembers what it was asked to do.</summary>
internal sealed class FakeStudyService : IStudyService
{
    private readonly List<Action> watchers = [];

    public List<StudyDetail> Studies { get; } = [];

    public StudyResults? Results { get; set; }

    /// <summary>Results by study, where a test has several.</summary>
    public Dictionary<int, StudyResults> ResultsById { get; } = [];

    /// <summary>By study, what must end before its results are told.</summary>
    public Dictionary<int, Task> Held { get; } = [];

    /// <summary>The scores behind the results, where a test needs them.</summary>
    public StudyScores? Scores { get; set; }

    /// <summary>Finished fits that cannot be read.</summary>
    public IReadOnlyList<UnreadableFit> Unreadable { get; set; } = [];

    public Exception? Failure { get; set; }

    public List<string> Asked { get; } = [];

    public StudyDefinition? Queued { get; private set; }

    public int Watchers => watchers.Count;

    public static StudyDetail Study(int id, StudyState state, params FitState[] fits)
    {
        StudyDefinition definition = SampleResults.Definition();
        FitRow[] rows =
        [
            .. fits.Select((f, i) => new FitRow(
                i, new FitKey("medl", 1, i), f, 1, 20,
                f is FitState.Running ? new EpochLosses(4, 1, 0.5, 0.4, 1.7) : null,
                f is FitState.Failed ? "The loss is not a number. Lower the learning rate." : null,
                null)),
        ];
        var summary = new StudySummary(
            id, $"Study {id}", 1, "adult.csv", state, rows.Length, rows.Count(f => f.State == FitState.Done), rows.Count(f => f.State == FitState.Failed),
            ["medl"], DateTimeOffset.UnixEpoch, null);
        return new StudyDetail(summary, definition, rows, null);
    }

    public void Change()
    {
        foreach (Action watcher in watchers.ToArray()) watcher();
    }

    public Task<IReadOnlyList<StudySummary>> ListAsync(CancellationToken cancellation = default) =>
        Answer<IReadOnlyList<StudySummary>>([.. Studies.Select(s => s.Summary)]);

    public Task<StudyDetail?> FindAsync(int id, CancellationToken cancellation = default) =>
        Answer(Studies.FirstOrDefault(s => s.Summary.Id == id));

    /// <summary>Engines and devices that are found.</summary>
    public IReadOnlyList<ComputeOption> ComputeOptions { get; set; } = [new(null, "As configured (auto)")];

    public ComputeChoice? QueuedCompute { get; private set; }

    public Task<IReadOnlyList<ComputeOption>> ComputeOptionsAsync(CancellationToken cancellation = default) => Answer(ComputeOptions);

    public Task<int> QueueAsync(int datasetId, StudyDefinition definition, ComputeChoice? compute = null, CancellationToken cancellation = default)
    {
        Queued = definition;
        QueuedCompute = compute;
        return Answer(7);
    }

    public Task CancelAsync(int id, CancellationToken cancellation = default) => Remember($"cancel {id}");

    public Task PutFirstAsync(int id, CancellationToken cancellation = default) => Remember($"put first {id}");

    public Task RetryAsync(int id, CancellationToken cancellation = default) => Remember($"retry {id}");

    public Task TrainUnreadableAgainAsync(int id, CancellationToken cancellation = default) => Remember($"train again {id}");

    public Task DeleteAsync(int id, CancellationToken cancellation = default) => Remember($"delete {id}");

    public async Task<StudyResults?> ResultsAsync(int id, CancellationToken cancellation = default)
    {
        Asked.Add($"results {id}");
        if (Held.TryGetValue(id, out Task? held)) await held;
        return await Answer(ResultsById.TryGetValue(id, out StudyResults? own) ? own : Results);
    }

    public async Task<GatheredStudy?> GatheredAsync(int id, CancellationToken cancellation = default) =>
        await ResultsAsync(id, cancellation) is { } results ? new GatheredStudy(results, Scores) { Unreadable = Unreadable } : null;

    public IDisposable Watch(int? id, Action changed)
    {
        watchers.Add(changed);
        return new Ended(() => watchers.Remove(changed));
    }

    private Task<T> Answer<T>(T value) => Failure is null ? Task.FromResult(value) : Task.FromException<T>(Failure);

    private Task<int> Remember(string what)
    {
        Asked.Add(what);
        return Answer(0);
    }

    private sealed class Ended(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
