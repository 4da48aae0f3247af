using System.Collections.Concurrent;
using System.Security.Cryptography;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Reports.Files;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Scoring;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Web.Services.Scoring;

/// <summary>
/// Scores one file at a time on a thread of low priority, so that training continues. Uploads and predictions are incoming
/// files, which the next start of the program removes; the latest finished scorings are kept.
/// </summary>
public sealed class ScoringService(ComputeTarget compute, IStudyService studies, TrainedModelStore models, StudyWorkCache works,
    StorageFolder folder, ILogger<ScoringService> log) : IScoringService, IAsyncDisposable
{
    private const int Kept = 10;
    private readonly ConcurrentDictionary<string, (ScoringJob Job, IncomingFile? Predictions, int Order)> jobs = new();
    private readonly ConcurrentDictionary<string, Task> working = new();
    private readonly SemaphoreSlim turn = new(1);
    private int started;

    /// <inheritdoc/>
    public ScoringJob? Find(string id) => jobs.TryGetValue(id, out var found) ? found.Job : null;

    /// <inheritdoc/>
    public async Task<ScoringAvailability> AvailabilityAsync(int study, CancellationToken cancellation = default)
    {
        StudyDetail? detail = await studies.FindAsync(study, cancellation);
        return detail is null
            ? ScoringAvailability.Without("The study no longer exists.")
            : ScoringAvailability.Of(detail, await models.StoredAsync(study, cancellation));
    }

    /// <inheritdoc/>
    public async Task<ScoringJob> StartAsync(int study, string model, string fileName, Stream content, bool flips,
        IProgress<long>? received, CancellationToken cancellation = default)
    {
        TrainedRun run = await OpenAsync(study, model, cancellation);
        IncomingFile upload = folder.NewIncoming();
        try
        {
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
            {
                await upload.Content.WriteAsync(buffer.AsMemory(0, read), cancellation);
                received?.Report(upload.Content.Length);
            }

            upload.Content.Position = 0;
            var job = new ScoringJob(RandomNumberGenerator.GetHexString(12, lowercase: true), study, model, Path.GetFileName(fileName),
                upload.Content.Length);
            jobs[job.Id] = (job, null, Interlocked.Increment(ref started));
            working[job.Id] = Task.Run(() => ScoreAsync(job, run, upload, flips), CancellationToken.None);
            return job;
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach ((ScoringJob job, _, _) in jobs.Values) job.Cancel();
        await Task.WhenAll(working.Values);
        foreach ((_, IncomingFile? predictions, _) in jobs.Values)
        {
            if (predictions is not null) await predictions.DisposeAsync();
        }

        turn.Dispose();
    }

    private async Task<TrainedRun> OpenAsync(int study, string model, CancellationToken cancellation)
    {
        StudyDetail detail = await studies.FindAsync(study, cancellation)
            ?? throw new InputException(new InputFault("The study no longer exists.", "Choose another study."));
        KeptModels kept = await models.ReadAsync(study, f => f.Model == model, cancellation);
        if (kept.Models.Count == 0 && kept.Faults.Count > 0)
            throw new InputException([.. kept.Faults.Select(f =>
                new InputFault($"A fit has no stored model: {f}", "Queue the study again."))]);
        return TrainedRun.Of(detail.Definition, kept.Models) with { Lacking = kept.Faults };
    }

    private async Task ScoreAsync(ScoringJob job, TrainedRun run, IncomingFile upload, bool flips)
    {
        IncomingFile? predictions = null;
        Action end;
        bool isTaken = false, isDone = false;
        try
        {
            await using IncomingFile _ = upload;
            await turn.WaitAsync(job.Stopping);
            isTaken = true;
            IncomingFile output = predictions = folder.NewIncoming();
            job.Begin();
            StudyData? data = await DataAsync(job);
            ScoringReport report = await LowPriorityThread.RunAsync("scoring", () => Score(job, run, data, upload, output, flips));
            isDone = true;
            end = () => job.Finish(report, output.FullPath);
        }
        catch (InputException e)
        {
            end = () => job.Fail($"{job.File} cannot be scored.", e.Faults);
        }
        catch (OperationCanceledException)
        {
            end = job.Stopped;
        }
        catch (Exception e)
        {
            log.LogError(e, "Scoring {File} by {Model} of study {Study} failed", job.File, job.Model, job.Study);
            end = () => job.Fail($"{job.File} could not be scored: {e.Message}", []);
        }
        finally
        {
            if (isTaken) turn.Release();
        }

        // A failed file leaves nothing behind by the time its failure is shown.
        if (isDone) jobs[job.Id] = jobs[job.Id] with { Predictions = predictions };
        else if (predictions is not null) await predictions.DisposeAsync();
        end();
        await ForgetOldAsync();
    }

    // The study's rows, to recognise rows that it trained on. Its models predict without them too.
    private async Task<StudyData?> DataAsync(ScoringJob job)
    {
        try
        {
            return (await works.OpenAsync(job.Study, job.Stopping)).Data;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "The rows of study {Study} cannot be read", job.Study);
            return null;
        }
    }

    private ScoringReport Score(ScoringJob job, TrainedRun run, StudyData? data, IncomingFile upload,
        IncomingFile predictions, bool flips)
    {
        using var writer = new StreamWriter(predictions.Content, leaveOpen: true);
        var rows = new ScoredRowsCsv(writer);
        return new Scorer(compute, run, data is null ? null : TrainingRows.Of(data))
            .Score(upload.Content, job.File, rows.Write, flips, threads: 1, new Advancing(job), job.Stopping);
    }

    private async Task ForgetOldAsync()
    {
        foreach ((string id, var old) in jobs.Where(j => j.Value.Job.HasEnded).OrderByDescending(j => j.Value.Order).Skip(Kept).ToArray())
        {
            if (!jobs.TryRemove(id, out _)) continue;
            working.TryRemove(id, out _);
            old.Job.Dispose();
            if (old.Predictions is not null) await old.Predictions.DisposeAsync();
        }
    }

    private sealed class Advancing(ScoringJob job) : IProgress<CsvProgress>
    {
        public void Report(CsvProgress value) => job.Advance(value);
    }
}
