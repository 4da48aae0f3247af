using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Compute;
using FairMedl.Web.Services.Datasets;

namespace FairMedl.Web.Services.Studies;

/// <summary>
/// The service over the tables and the queue. The tables are written first: what they say runs, at the next start if not now.
/// </summary>
public sealed class StudyService(
    StudyStore studies,
    FitStore fits,
    RecordedFits recorded,
    ComputeEngines engines,
    IDatasetCatalogue datasets,
    IStudyPlanner planner,
    StudyWorkCache works,
    GatheredResults results,
    IFitQueue queue,
    ProgressFeed feed,
    JobSettings settings,
    TimeProvider clock) : IStudyService
{
    private const int ForecastsKept = 16;
    private readonly RecentlyUsed<StudyTimeForecast> forecasts = new(ForecastsKept);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StudySummary>> ListAsync(CancellationToken cancellation = default) =>
        [.. (await studies.ListAsync(cancellation)).Select(Summary)];

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(int id, CancellationToken cancellation = default) =>
        await studies.FindAsync(id, cancellation) is not null;

    /// <inheritdoc/>
    public async Task<StudyDetail?> FindAsync(int id, CancellationToken cancellation = default)
    {
        if (await studies.FindAsync(id, cancellation) is not { } study) return null;
        IReadOnlyList<StoredFit> stored = await studies.FitsAsync(id, cancellation);
        IReadOnlyDictionary<int, EpochLosses> running = feed.LossesOf(id);
        DateTimeOffset now = clock.GetUtcNow();
        StudyDefinition definition = StudyJson.Parse(study.Study.Definition);
        bool isUnknown = stored.GroupBy(f => f.Model).Any(g => g.All(f => StudyStates.Unfinished.Contains(f.State)));
        return new StudyDetail(
            Summary(study),
            definition,
            [.. stored.Select(f => Row(f, running, now))],
            TimeLeft.Estimate(stored, engines.Expected(study.Study.Compute, definition).FitsAtOnce(settings.Threads), now,
                isUnknown ? (await ForecastOnceAsync(study.Study, definition, cancellation)).SecondsPerFit : null))
        {
            Compute = study.Study.Compute,
        };
    }

    /// <inheritdoc/>
    public async Task<StudyTimeForecast> ForecastAsync(int datasetId, StudyDefinition definition, ComputeChoice? compute = null,
        CancellationToken cancellation = default)
    {
        if (await datasets.FindAsync(datasetId, cancellation) is not { } dataset) return StudyTimeForecast.Unknown;
        ComputeTarget expected = engines.Expected(compute, definition);
        IReadOnlyList<RecordedFit> earlier = await recorded.FindAsync(definition, expected.Engine.Id, expected.Device.Id, cancellation);
        return StudyTimeForecast.Of(definition, dataset.Rows, earlier, expected.FitsAtOnce(settings.Threads));
    }

    // A running study is read several times a second; what earlier studies took stays as it was when it began.
    private Task<StudyTimeForecast> ForecastOnceAsync(StoredStudy study, StudyDefinition definition, CancellationToken cancellation) =>
        forecasts.GetAsync(study.Id, () => ForecastAsync(study.DatasetId, definition, study.Compute, CancellationToken.None), cancellation);

    /// <inheritdoc/>
    public async Task<int> QueueAsync(int datasetId, StudyDefinition definition, ComputeChoice? compute = null,
        CancellationToken cancellation = default)
    {
        if (compute is not null) ComputeEngines.Check(compute, ComputePlace.Study);
        Table table = await datasets.OpenAsync(datasetId, cancellation)
            ?? throw new InputException(new InputFault("The data set is gone.", "Upload the file again."));
        StudyDefinition audited = AsRead(definition, table.ReadAs);
        IStudyWork work = await Task.Run(() => planner.Plan(audited, table, compute), cancellation);
        (int id, IReadOnlyList<FitTicket> tickets) = await studies.QueueAsync(
            datasetId, audited.Name, StudyJson.Write(audited), StudyJson.Hash(audited), work.Fits, compute, cancellation);
        await works.KeepAsync(id, work);
        await queue.EnqueueAsync(tickets, cancellation: CancellationToken.None);
        feed.Changed(id);
        return id;
    }

    /// <inheritdoc/>
    public async Task CancelAsync(int id, CancellationToken cancellation = default)
    {
        IReadOnlyList<FitTicket> stopped = await fits.CancelAsync(id, cancellation);
        await queue.RemoveAsync(stopped, CancellationToken.None);
        feed.Changed(id);
    }

    /// <inheritdoc/>
    public async Task PutFirstAsync(int id, CancellationToken cancellation = default)
    {
        await queue.EnqueueAsync(await fits.PutFirstAsync(id, cancellation), first: true, CancellationToken.None);
        feed.Changed(id);
    }

    /// <inheritdoc/>
    public async Task RetryAsync(int id, CancellationToken cancellation = default)
    {
        await queue.EnqueueAsync(await fits.RetryAsync(id, cancellation), cancellation: CancellationToken.None);
        feed.Changed(id);
    }

    /// <inheritdoc/>
    public async Task TrainUnreadableAgainAsync(int id, CancellationToken cancellation = default)
    {
        if (await results.ReadAsync(id, cancellation) is not { Unreadable: { Count: > 0 } unreadable }) return;
        IReadOnlyList<FitTicket> again = await fits.TrainAgainAsync(id, [.. unreadable.Select(u => u.Key)], cancellation);
        results.Remove(id);
        await queue.EnqueueAsync(again, cancellation: CancellationToken.None);
        feed.Changed(id);
    }

    /// <inheritdoc/>
    public async Task<StudyDeletion?> PreviewDeletionAsync(int id, CancellationToken cancellation = default)
    {
        if (await studies.FindAsync(id, cancellation) is not { } study) return null;
        StoredContent content = await studies.ContentAsync(id, cancellation);
        return new StudyDeletion(study.Study.Name, StudyStates.Unfinished.Sum(s => study.Fits.GetValueOrDefault(s)), content.Results, content.Models, content.Bytes);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(int id, CancellationToken cancellation = default)
    {
        await CancelAsync(id, cancellation);
        await studies.DeleteAsync(id, CancellationToken.None);
        works.Remove(id);
        results.Remove(id);
        forecasts.Remove(id);
        feed.Changed(id);
    }

    /// <inheritdoc/>
    public async Task<StudyResults?> ResultsAsync(int id, CancellationToken cancellation = default) =>
        (await results.ReadAsync(id, cancellation))?.Results;

    /// <inheritdoc/>
    public Task<GatheredStudy?> GatheredAsync(int id, CancellationToken cancellation = default) => results.ReadAsync(id, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ComputeOption>> ComputeOptionsAsync(CancellationToken cancellation = default) =>
        Task.Run(engines.Options, cancellation);

    /// <inheritdoc/>
    public IDisposable Watch(int? id, Action changed) => feed.Watch(id, changed);

    // The document that is stored must read the file as the data set was read, or it would give other numbers elsewhere.
    private static StudyDefinition AsRead(StudyDefinition definition, CsvOptions read)
    {
        CsvOptions asked = definition.Data.Csv;
        bool alike = (asked.Delimiter is null || asked.Delimiter == read.Delimiter)
            && (asked.HasHeader is null || asked.HasHeader == read.HasHeader)
            && asked.Missing.ToHashSet(StringComparer.Ordinal).SetEquals(read.Missing);
        return alike ? definition : definition with { Data = definition.Data with { Csv = read } };
    }

    private static FitRow Row(StoredFit fit, IReadOnlyDictionary<int, EpochLosses> running, DateTimeOffset now)
    {
        bool runs = fit.State == FitState.Running;
        EpochLosses? losses = runs ? running.GetValueOrDefault(fit.Id) : FitStore.LastLossesOf(fit);
        DateTimeOffset? until = runs ? now : fit.FinishedAt;
        return new FitRow(fit.Id, fit.Key, fit.State, fit.Attempt, fit.Epochs, losses, fit.Error, (until - fit.StartedAt)?.TotalSeconds);
    }

    private static StudySummary Summary(StudyOverview overview)
    {
        StoredStudy s = overview.Study;
        return new StudySummary(
            s.Id,
            s.Name,
            s.DatasetId,
            s.Dataset?.Name ?? "",
            overview.State,
            overview.Fits.Values.Sum(),
            overview.Fits.GetValueOrDefault(FitState.Done),
            overview.Fits.GetValueOrDefault(FitState.Failed),
            overview.Models,
            s.QueuedAt,
            s.FinishedAt);
    }
}
