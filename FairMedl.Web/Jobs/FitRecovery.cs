using FairMedl.Core.Storage;

namespace FairMedl.Web.Jobs;

/// <summary>At the start, before Quartz: queues again what an earlier process left unfinished.</summary>
public sealed class FitRecovery(UnfinishedFits unfinished, IFitQueue queue, ILogger<FitRecovery> log) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Recovery recovery = await unfinished.RecoverAsync(cancellationToken);
        if (recovery.Waiting.Count + recovery.GivenUp > 0)
        {
            log.LogInformation(
                "{Waiting} fits wait; {Resumed} of them ran when the program last ended; {GivenUp} are given up",
                recovery.Waiting.Count,
                recovery.Resumed,
                recovery.GivenUp);
        }

        await queue.EnqueueAsync(recovery.Waiting, cancellation: cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
