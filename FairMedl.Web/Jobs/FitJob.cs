using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage.Stores;
using Quartz;

namespace FairMedl.Web.Jobs;

/// <summary>
/// Quartz job of one fit: takes a place on its GPU if it uses one, claims it, runs it and stores its result or its error.
/// </summary>
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

        bool hadSlot = false;
        try
        {
            hadSlot = await StartAsync(context, cancellationToken);
        }
        finally
        {
            // This fit may have been woken for a GPU that it did not use, as when it was cancelled: the next one may use it.
            if (!hadSlot) devices.Wake();
        }
    }

    /// <summary>Runs the fit unless it is out of date or its GPU is busy. Returns whether it had a slot of a GPU.</summary>
    private async Task<bool> StartAsync(IJobExecutionContext context, CancellationToken cancellation)
    {
        FitTicket ticket = QuartzFitQueue.TicketOf(context);
        if (await PersistAsync(() => fits.StudyOfAsync(ticket, CancellationToken.None)) is not { } study) return false;
        Task<Opened> opening = OpenAsync(study, cancellation);
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellation.IsCancellationRequested) return false;

        if (!opening.IsCompletedSuccessfully || (await opening).Compute is not { Device.IsCpu: false } gpu)
        {
            await ClaimAsync(ticket, opening, cancellation);
            return false;
        }

        // A fit waits for a GPU without a claim and without a thread: it stays queued, and fits on the CPU run meanwhile.
        using IDisposable? slot = devices.TryEnter(gpu, new WaitingFit(ticket, context.Trigger.StartTimeUtc, context.Trigger.Priority));
        if (slot is null) return false;
        await ClaimAsync(ticket, opening, cancellation);
        return true;
    }

    private async Task<Opened> OpenAsync(int study, CancellationToken cancellation)
    {
        IStudyWork work = await works.OpenAsync(study, cancellation);
        return new Opened(work, await work.ComputeAsync(cancellation));
    }

    private async Task ClaimAsync(FitTicket ticket, Task<Opened> opening, CancellationToken cancellation)
    {
        if (await PersistAsync(() => fits.ClaimAsync(ticket, CancellationToken.None)) is not { } claim) return;
        feed.Changed(claim.StudyId);
        try
        {
            await RunAsync(claim, opening, cancellation);
        }
        finally
        {
            feed.Ended(claim);
        }
    }

    private async Task RunAsync(FitClaim claim, Task<Opened> opening, CancellationToken cancellation)
    {
        try
        {
            IStudyWork work = (await opening).Work;
            FitResult result = await LowPriorityThread.RunAsync($"fit {claim.Key}",
                () => work.Run(claim.Key, new Reporting(feed, claim), cancellation));
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

    private sealed record Opened(IStudyWork Work, ComputeTarget? Compute);

    private sealed class Reporting(ProgressFeed feed, FitClaim claim) : IProgress<EpochLosses>
    {
        public void Report(EpochLosses value) => feed.Report(claim, value);
    }
}
