using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage.Stores;
using Quartz;

namespace FairMedl.Web.Jobs;

/// <summary>Quartz job of one fit: claims it, runs it and stores its result or its error.</summary>
public sealed class FitJob(FitStore fits, IStudyWorks works, DeviceSlots devices, ProgressFeed feed, FirstResponse first,
    TimeProvider clock, ILogger<FitJob> log) : IJob
{
    private const int PersistAttempts = 25;
    private static readonly TimeSpan PersistPause = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // Fits left from the last run must not slow the first page. The fit is not claimed yet: if the program ends here, it stays queued.
        await first.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellationToken.IsCancellationRequested) return;

        if (await PersistAsync(() => fits.ClaimAsync(QuartzFitQueue.TicketOf(context), CancellationToken.None)) is not { } claim) return;
        feed.Changed(claim.StudyId);
        try
        {
            await RunAsync(claim, cancellationToken);
        }
        finally
        {
            feed.Ended(claim);
        }
    }

    private async Task RunAsync(FitClaim claim, CancellationToken cancellation)
    {
        try
        {
            IStudyWork work = await works.OpenAsync(claim.StudyId, cancellation);
            FitResult result = await TrainAsync(work, claim, cancellation);
            if (!await PersistAsync(() => fits.FinishAsync(claim, result, CancellationToken.None)))
                log.LogInformation("Fit {Fit} of study {Study} was cancelled or queued again during attempt " +
                    "{Attempt}; its result was discarded", claim.Key, claim.StudyId, claim.Attempt);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Either the user cancelled the fit (it is already Cancelled, and this changes nothing), or the program is stopping.
            await PersistAsync(() => fits.InterruptAsync(claim, CancellationToken.None));
        }
        catch (Exception e)
        {
            log.LogError(e, "Fit {Fit} of study {Study} failed on attempt {Attempt}", claim.Key, claim.StudyId, claim.Attempt);
            await PersistAsync(() => fits.FailAsync(claim, FitFailure.Explain(e), CancellationToken.None));
        }
    }

    private async Task<FitResult> TrainAsync(IStudyWork work, FitClaim claim, CancellationToken cancellation)
    {
        ComputeTarget? compute = await work.ComputeAsync(cancellation);
        using IDisposable? slot = compute is null ? null : await devices.EnterAsync(compute, cancellation);
        // Forecasts use the time from here: on a GPU the fit may have waited for others.
        if (compute is { Device.IsCpu: false }) await PersistAsync(() => fits.BeginAsync(claim, CancellationToken.None));
        return await LowPriorityThread.RunAsync($"fit {claim.Key}",
            () => work.Run(claim.Key, new Reporting(feed, claim), cancellation));
    }

    /// <summary>
    /// Writes a fit's state, retrying for two minutes while the disk is full or the database is locked. After that the fit keeps
    /// its state, and the next start of the program queues it again.
    /// </summary>
    private async Task<T> PersistAsync<T>(Func<Task<T>> write)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (Exception e) when (attempt < PersistAttempts && e is not OperationCanceledException)
            {
                log.LogWarning(e, "The state of a fit could not be stored (try {Attempt} of {Attempts}). Check the disk space and " +
                    "permissions of the data folder", attempt, PersistAttempts);
                await Task.Delay(PersistPause, clock);
            }
        }
    }

    private sealed class Reporting(ProgressFeed feed, FitClaim claim) : IProgress<EpochLosses>
    {
        public void Report(EpochLosses value) => feed.Report(claim, value);
    }
}
