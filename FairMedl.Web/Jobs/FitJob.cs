using FairMedl.Core.Storage;
using FairMedl.Core.Training;
using FairMedl.Web.Hosting;
using Quartz;

namespace FairMedl.Web.Jobs;

/// <summary>One fit as a Quartz job: claim it, run it, store what came of it.</summary>
public sealed class FitJob(FitStore fits, StudyWorkCache works, ProgressFeed feed, FirstResponse first, TimeProvider clock, ILogger<FitJob> log) : IJob
{
    private const int PersistAttempts = 25;
    private static readonly TimeSpan PersistPause = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // What waits since the last start would else take the cores from the first page. Not claimed yet, it goes on waiting where the program ends.
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
            FitResult result = await LowPriorityThread.RunAsync($"fit {claim.Key}", () => work.Run(claim.Key, new Reporting(feed, claim), cancellation));
            if (!await PersistAsync(() => fits.FinishAsync(claim, result, CancellationToken.None)))
                log.LogInformation("Fit {Fit} of study {Study}: attempt {Attempt} was over before it finished; its result is dropped", claim.Key, claim.StudyId, claim.Attempt);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A person cancelled it (then it says Cancelled already, and this changes nothing) or the program stops.
            await PersistAsync(() => fits.InterruptAsync(claim, CancellationToken.None));
        }
        catch (Exception e)
        {
            log.LogError(e, "Fit {Fit} of study {Study} failed in attempt {Attempt}", claim.Key, claim.StudyId, claim.Attempt);
            await PersistAsync(() => fits.FailAsync(claim, FitFailure.Explain(e), CancellationToken.None));
        }
    }

    /// <summary>
    /// A write that decides a fit's state must not be lost to a full disk or a locked database: it is tried again for two
    /// minutes. After that the fit stays as it is and the next start of the program queues it again.
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
                log.LogWarning(e, "The state of a fit could not be stored, attempt {Attempt} of {Attempts}", attempt, PersistAttempts);
                await Task.Delay(PersistPause, clock);
            }
        }
    }

    private sealed class Reporting(ProgressFeed feed, FitClaim claim) : IProgress<EpochLosses>
    {
        public void Report(EpochLosses value) => feed.Report(claim, value);
    }
}
