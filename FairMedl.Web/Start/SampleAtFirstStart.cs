using FairMedl.Core.Storage;
using FairMedl.Web.Jobs;

namespace FairMedl.Web.Start;

/// <summary>
/// Queues the sample study at the first start, so that a new user opens a finished comparison. It begins after the first
/// response. If the first start is interrupted, the next one completes it. "Sample:AtFirstStart": false turns it off.
/// </summary>
public sealed class SampleAtFirstStart(SampleComparison sample, StorageFolder folder, FirstResponse first, IConfiguration configuration,
    ILogger<SampleAtFirstStart> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!folder.IsNew || !configuration.GetValue("Sample:AtFirstStart", true)) return;
        try
        {
            await first.WaitAsync(stoppingToken);
            log.LogInformation("Computing the sample study in the background");
            await sample.OpenAsync(stoppingToken);
            folder.CompleteFirstStart();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; the next start queues the sample where this one has not.
        }
        catch (Exception e)
        {
            // The start page still offers the sample, and the next start tries again.
            log.LogWarning(e, "The sample study could not be queued; the next start tries again");
        }
    }
}
