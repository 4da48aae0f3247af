using System.Text.Json;
using System.Text.Json.Serialization;
using FairMedl.Core.Fits;
using FairMedl.Core.Storage.Formats;
using FairMedl.Core.Studies.Plan;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Core.Storage.Stores;

/// <summary>The exclusive right to run one attempt of a fit. It ends when the fit is cancelled, queued again or finished.</summary>
public sealed record FitClaim(int FitId, int StudyId, FitKey Key, int Attempt);

/// <summary>
/// State transitions of fits in the database. Each is one conditional write, so that two writers cannot both succeed:
/// Queued -> Running -> Done, Failed or Interrupted; Queued or Running -> Cancelled; Failed, Cancelled or (on request) Done ->
/// Queued.
/// Every write of a running fit names its attempt. A write of an attempt that has ended changes nothing.
/// </summary>
public sealed class FitStore(IDbContextFactory<StudyDatabase> databases, QueueOrder order, TimeProvider clock)
{
    private static readonly JsonSerializerOptions LossesJson =
        new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private static readonly FitState[] Unfinished = [.. StudyStates.Unfinished];

    /// <summary>The study of a queued fit. Null where the ticket is out of date.</summary>
    public async Task<int?> StudyOfAsync(FitTicket ticket, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        return await database.Fits.Where(f => f.Id == ticket.FitId && f.Attempt == ticket.Attempt && f.State == FitState.Queued)
            .Select(f => (int?)f.StudyId).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Queued -> Running. Null where the ticket is out of date.</summary>
    public async Task<FitClaim?> ClaimAsync(FitTicket ticket, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        DateTimeOffset now = clock.GetUtcNow();
        int changed = await database.Fits
            .Where(f => f.Id == ticket.FitId && f.Attempt == ticket.Attempt && f.State == FitState.Queued)
            .ExecuteUpdateAsync(s => s.SetProperty(f => f.State, FitState.Running).SetProperty(f => f.StartedAt, now), cancellation);
        if (changed == 0) return null;
        StoredFit? fit = await database.Fits.AsNoTracking().SingleOrDefaultAsync(f => f.Id == ticket.FitId, cancellation);
        return fit is null ? null : new FitClaim(fit.Id, fit.StudyId, fit.Key, ticket.Attempt);
    }

    /// <summary>Running -> Done: stores the result and the trained model in one transaction.</summary>
    /// <returns>False where the claim has ended; nothing was written.</returns>
    public async Task<bool> FinishAsync(FitClaim claim, FitResult result, CancellationToken cancellation = default)
    {
        if (result.Key != claim.Key)
            throw new ArgumentException($"The result is of fit {result.Key}, but the claim is for {claim.Key}.", nameof(result));
        byte[] content = FitResultFormat.Write(result);
        byte[]? model = result.Model is null ? null : TrainedModelFormat.Write(result.Model);
        await using (StudyDatabase database = await databases.CreateDbContextAsync(cancellation))
        {
            StoredFit? fit = await database.Fits.SingleOrDefaultAsync(f => f.Id == claim.FitId && f.Attempt == claim.Attempt
                && f.State == FitState.Running, cancellation);
            if (fit is null) return false;
            fit.State = FitState.Done;
            fit.Error = null;
            fit.FinishedAt = clock.GetUtcNow();
            fit.LastLosses = result.Epochs.Count > 0 ? JsonSerializer.Serialize(result.Epochs[^1], LossesJson) : null;
            StoredFitResult? formerResult = await database.Results.SingleOrDefaultAsync(r => r.FitId == fit.Id, cancellation);
            if (formerResult is not null) (formerResult.Attempt, formerResult.Content) = (claim.Attempt, content);
            else database.Results.Add(new StoredFitResult { FitId = fit.Id, Attempt = claim.Attempt, Content = content });
            StoredTrainedModel? former = await database.TrainedModels.SingleOrDefaultAsync(m => m.FitId == fit.Id, cancellation);
            if (former is not null && model is not null) (former.Attempt, former.Content) = (claim.Attempt, model);
            else if (former is not null) database.TrainedModels.Remove(former);
            else if (model is not null)
                database.TrainedModels.Add(new StoredTrainedModel { FitId = fit.Id, Attempt = claim.Attempt, Content = model });
            try
            {
                await database.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateConcurrencyException)
            {
                return false;
            }
        }

        await CloseStudiesAsync(cancellation);
        return true;
    }

    /// <summary>Running -> Failed. False where the claim has ended.</summary>
    public Task<bool> FailAsync(FitClaim claim, string error, CancellationToken cancellation = default) =>
        EndAsync(claim, FitState.Failed, error, cancellation);

    /// <summary>
    /// Running -> Interrupted, when the process shuts down; the next start queues the fit again. False where the claim has ended.
    /// </summary>
    public Task<bool> InterruptAsync(FitClaim claim, CancellationToken cancellation = default) =>
        EndAsync(claim, FitState.Interrupted, null, cancellation);

    /// <summary>Queued or Running -> Cancelled, for all fits of a study. Finished fits are kept.</summary>
    /// <returns>The tickets of the cancelled fits.</returns>
    public async Task<IReadOnlyList<FitTicket>> CancelAsync(int studyId, CancellationToken cancellation = default)
    {
        List<FitTicket> stopped;
        await using (StudyDatabase database = await databases.CreateDbContextAsync(cancellation))
        {
            stopped = await database.Fits.Where(f => f.StudyId == studyId && Unfinished.Contains(f.State))
                .Select(f => new FitTicket(f.Id, f.Attempt)).ToListAsync(cancellation);
            DateTimeOffset now = clock.GetUtcNow();
            await database.Fits.Where(f => f.StudyId == studyId && Unfinished.Contains(f.State))
                .ExecuteUpdateAsync(s => s.SetProperty(f => f.State, FitState.Cancelled).SetProperty(f => f.FinishedAt, now), cancellation);
        }

        await CloseStudiesAsync(cancellation);
        return stopped;
    }

    /// <summary>Failed or Cancelled -> Queued with the next attempt, for all fits of a study.</summary>
    /// <returns>Their tickets in queue order.</returns>
    public Task<IReadOnlyList<FitTicket>> RetryAsync(int studyId, CancellationToken cancellation = default) =>
        QueueAgainAsync(studyId, f => f.State == FitState.Failed || f.State == FitState.Cancelled, cancellation);

    /// <summary>Done -> Queued with the next attempt, for the given fits of a study, such as those whose results cannot be read.</summary>
    /// <returns>Their tickets in queue order.</returns>
    public Task<IReadOnlyList<FitTicket>> TrainAgainAsync(int studyId, IReadOnlyCollection<FitKey> keys,
        CancellationToken cancellation = default) =>
        QueueAgainAsync(studyId, f => f.State == FitState.Done && keys.Contains(f.Key), cancellation);

    private async Task<IReadOnlyList<FitTicket>> QueueAgainAsync(int studyId, Func<StoredFit, bool> chosen, CancellationToken cancellation)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        StoredFit[] fits = [.. (await database.Fits.Where(f => f.StudyId == studyId).OrderBy(f => f.Position).ToListAsync(cancellation))
            .Where(chosen)];
        if (fits.Length == 0) return [];
        foreach (StoredFit fit in fits)
        {
            fit.State = FitState.Queued;
            fit.Attempt++;
            fit.Interruptions = 0;
            fit.Error = null;
            fit.StartedAt = fit.FinishedAt = null;
        }

        StoredStudy study = await database.Studies.SingleAsync(s => s.Id == studyId, cancellation);
        study.FinishedAt = null;
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return []; // Another request queued them at the same time.
        }

        return order.TicketsOf(fits);
    }

    /// <summary>Moves a study ahead of all other unfinished studies.</summary>
    /// <returns>The tickets of its queued fits, in queue order.</returns>
    public async Task<IReadOnlyList<FitTicket>> PutFirstAsync(int studyId, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        int highest = await database.Studies.Where(s => s.Id != studyId).MaxAsync(s => (int?)s.Priority, cancellation) ?? 0;
        await database.Studies.Where(s => s.Id == studyId)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.Priority, highest + 1), cancellation);
        return order.TicketsOf(await database.Fits.AsNoTracking().Where(f => f.StudyId == studyId && f.State == FitState.Queued)
            .OrderBy(f => f.Position).ToListAsync(cancellation));
    }

    /// <summary>The finished fits of a study in the plan's order, to be read a few at a time.</summary>
    public async Task<StoredFitSource> SourceAsync(int studyId, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        List<StoredFit> done = await database.Fits.AsNoTracking().Where(f => f.StudyId == studyId && f.State == FitState.Done)
            .OrderBy(f => f.Position).ToListAsync(cancellation);
        return new StoredFitSource(databases, [.. done.Select(f => (f.Key, f.Id))]);
    }

    /// <summary>
    /// The results of a study's finished fits in the plan's order. A fit whose result cannot be read is omitted and keeps its state.
    /// </summary>
    public async Task<IReadOnlyList<FitResult>> ResultsAsync(int studyId, CancellationToken cancellation = default) =>
        (await SourceAsync(studyId, cancellation)).Gather(source => source.Read(source.Keys));

    /// <summary>The last epoch's losses of a finished fit; null where it has none.</summary>
    public static EpochLosses? LastLossesOf(StoredFit fit) =>
        fit.LastLosses is null ? null : JsonSerializer.Deserialize<EpochLosses>(fit.LastLosses, LossesJson);

    private async Task<bool> EndAsync(FitClaim claim, FitState state, string? error, CancellationToken cancellation)
    {
        int changed;
        await using (StudyDatabase database = await databases.CreateDbContextAsync(cancellation))
        {
            DateTimeOffset now = clock.GetUtcNow();
            changed = await database.Fits
                .Where(f => f.Id == claim.FitId && f.Attempt == claim.Attempt && f.State == FitState.Running)
                .ExecuteUpdateAsync(s => s.SetProperty(f => f.State, state).SetProperty(f => f.Error, error)
                    .SetProperty(f => f.FinishedAt, now), cancellation);
        }

        await CloseStudiesAsync(cancellation);
        return changed > 0;
    }

    // Idempotent: if the process ends between a study's last fit and this write, the next call closes the study.
    private async Task CloseStudiesAsync(CancellationToken cancellation)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        DateTimeOffset now = clock.GetUtcNow();
        await database.Studies.Where(s => s.FinishedAt == null && !s.Fits.Any(f => Unfinished.Contains(f.State)))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.FinishedAt, now), cancellation);
    }
}
