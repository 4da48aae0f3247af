using FairMedl.Core.Storage;
using FairMedl.Core.Training;
using Quartz;

namespace FairMedl.Web.Jobs;

/// <summary>One fit as a Quartz job: claim it, run it, store what came of it.</summary>
public sealed class FitJob(FitStore fits, StudyWorks works, ProgressFeed feed, ILogger<FitJob> log) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (await fits.ClaimAsync(QuartzFitQueue.TicketOf(context), CancellationToken.None) is not { } claim) return;
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
            if (!await fits.FinishAsync(claim, result, CancellationToken.None))
                log.LogInformation("Fit {Fit} of study {Study}: attempt {Attempt} was over before it finished; its result is dropped", claim.Key, claim.StudyId, claim.Attempt);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A person cancelled it (then it says Cancelled already, and this changes nothing) or the program stops.
            await fits.InterruptAsync(claim, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogError(e, "Fit {Fit} of study {Study} failed in attempt {Attempt}", claim.Key, claim.StudyId, claim.Attempt);
            await fits.FailAsync(claim, FitFailure.Explain(e), CancellationToken.None);
        }
    }

    private sealed class Reporting(ProgressFeed feed, FitClaim claim) : IProgress<EpochLosses>
    {
        public void Report(EpochLosses value) => feed.Report(claim, value);
    }
}
