using FairMedl.Core.Storage.Stores;

namespace FairMedl.Web.Jobs;

/// <summary>Queues fits that waited for a GPU again, ahead of all others, when it may be free.</summary>
public sealed class WaitingFits(DeviceSlots devices, IFitQueue queue) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (FitTicket ticket in devices.Freed.ReadAllAsync(stoppingToken))
                await queue.EnqueueAsync([ticket], first: true, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that could not start takes a cancelled service for a failed one and logs that it shuts down.
        }
    }
}
