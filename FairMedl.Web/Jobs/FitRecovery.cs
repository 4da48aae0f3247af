using FairMedl.Core.Storage.Stores;

namespace FairMedl.Web.Jobs;

/// <summary>Queues the unfinished fits of an earlier process at startup, before Quartz starts.</summary>
public sealed class FitRecovery(UnfinishedFits unfinished, IFitQueue queue, ILogger<FitRecovery> log) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Recovery recovery = await unfinished.RecoverAsync(cancellationToken);
        if (recovery.Waiting.Count + recovery.GivenUp > 0)
        {
            log.LogInformation(
                "Queued {Waiting} unfinished fits, {Resumed} of them interrupted when the program last ended; {GivenUp} failed " +
                    "after repeated interruptions",
                recovery.Waiting.Count,
                recovery.Resumed,
                recovery.GivenUp);
        }

        await queue.EnqueueAsync(recovery.Waiting, cancellation: cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
