using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Web.Services.Compute;

namespace FairMedl.Web.Services.Studies;

/// <summary>A study, for lists.</summary>
public sealed record StudySummary(
    int Id,
    string Name,
    int DatasetId,
    string DatasetName,
    StudyState State,
    int Fits,
    int FitsDone,
    int FitsFailed,
    IReadOnlyList<string> Models,
    DateTimeOffset QueuedAt,
    DateTimeOffset? FinishedAt);

/// <summary>A fit as the queue shows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Key">Model, seed and fold.</param>
/// <param name="State">Its state.</param>
/// <param name="Attempt">1 at the first try.</param>
/// <param name="Epochs">How many epochs it will have.</param>
/// <param name="Losses">The last epoch's losses, while it runs and afterwards.</param>
/// <param name="Error">Why it failed and what to do, where it did.</param>
/// <param name="Seconds">How long it has run.</param>
public sealed record FitRow(int Id, FitKey Key, FitState State, int Attempt, int Epochs, EpochLosses? Losses, string? Error,
    double? Seconds);

/// <summary>A study with its fits.</summary>
/// <param name="Summary">As in lists.</param>
/// <param name="Definition">Its definition.</param>
/// <param name="Fits">All fits in their order.</param>
/// <param name="TimeLeft">Estimated from the fits that are done; null while nothing is known.</param>
public sealed record StudyDetail(StudySummary Summary, StudyDefinition Definition, IReadOnlyList<FitRow> Fits, TimeSpan? TimeLeft)
{
    /// <summary>Its own choice of engine and device; null = as configured.</summary>
    public ComputeChoice? Compute { get; init; }
}

/// <summary>What deleting a study removes.</summary>
/// <param name="Name">The study's name.</param>
/// <param name="UnfinishedFits">Fits that wait or run; they are cancelled.</param>
/// <param name="Results">Fits whose results are removed.</param>
/// <param name="Models">Fits whose trained model is removed; new data can no longer be scored with them.</param>
/// <param name="Bytes">Bytes of results and models.</param>
public sealed record StudyDeletion(string Name, int UnfinishedFits, int Results, int Models, long Bytes);

/// <summary>The studies of this installation.</summary>
public interface IStudyService
{
    /// <summary>All studies, the newest first.</summary>
    Task<IReadOnlyList<StudySummary>> ListAsync(CancellationToken cancellation = default);

    /// <summary>One study with its fits, or null.</summary>
    Task<StudyDetail?> FindAsync(int id, CancellationToken cancellation = default);

    /// <summary>Whether there is such a study.</summary>
    async Task<bool> ExistsAsync(int id, CancellationToken cancellation = default) => await FindAsync(id, cancellation) is not null;

    /// <summary>Checks a definition against its data and queues its fits; all or nothing.</summary>
    /// <param name="datasetId">The data set.</param>
    /// <param name="definition">The study.</param>
    /// <param name="compute">Its own choice of engine and device; null = as configured.</param>
    /// <param name="cancellation">Cancels the check.</param>
    /// <returns>The study's number.</returns>
    /// <exception cref="InputException">The definition does not fit the data.</exception>
    Task<int> QueueAsync(int datasetId, StudyDefinition definition, ComputeChoice? compute = null,
        CancellationToken cancellation = default);

    /// <summary>The engines and devices that a study can choose, the configured ones first. The first call may take seconds.</summary>
    Task<IReadOnlyList<ComputeOption>> ComputeOptionsAsync(CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<ComputeOption>>([new ComputeOption(null, "As configured (auto)")]);

    /// <summary>How long a study would take on this machine, from recorded fits of the same shape. Trains nothing.</summary>
    Task<StudyTimeForecast> ForecastAsync(int datasetId, StudyDefinition definition, ComputeChoice? compute = null,
        CancellationToken cancellation = default) =>
        Task.FromResult(StudyTimeForecast.Unknown);

    /// <summary>Cancels queued and running fits. Finished fits are kept.</summary>
    Task CancelAsync(int id, CancellationToken cancellation = default);

    /// <summary>Runs the waiting fits of the study before those of other studies. Running fits continue.</summary>
    Task PutFirstAsync(int id, CancellationToken cancellation = default);

    /// <summary>Queues failed and cancelled fits again.</summary>
    Task RetryAsync(int id, CancellationToken cancellation = default);

    /// <summary>Queues finished fits again whose results cannot be read (<see cref="GatheredStudy.Unreadable"/>).</summary>
    Task TrainUnreadableAgainAsync(int id, CancellationToken cancellation = default) => Task.CompletedTask;

    /// <summary>What <see cref="DeleteAsync"/> would remove; null where there is no such study.</summary>
    async Task<StudyDeletion?> PreviewDeletionAsync(int id, CancellationToken cancellation = default) =>
        await FindAsync(id, cancellation) is { Summary: var study }
            ? new StudyDeletion(study.Name, study.Fits - study.FitsDone - study.FitsFailed, study.FitsDone, study.FitsDone, 0) : null;

    /// <summary>Cancels and removes a study with its results and trained models. It cannot be undone.</summary>
    Task DeleteAsync(int id, CancellationToken cancellation = default);

    /// <summary>The results of the finished fits; null before the first.</summary>
    Task<StudyResults?> ResultsAsync(int id, CancellationToken cancellation = default);

    /// <summary>The same numbers with the scores behind them, from which other thresholds and intersections are computed.</summary>
    async Task<GatheredStudy?> GatheredAsync(int id, CancellationToken cancellation = default) =>
        await ResultsAsync(id, cancellation) is { } results ? new GatheredStudy(results, null) : null;

    /// <summary>
    /// Calls back (from any thread, a few times a second at most) whenever the study changes; null = any study. Dispose to
    /// stop.
    /// </summary>
    IDisposable Watch(int? id, Action changed);
}
