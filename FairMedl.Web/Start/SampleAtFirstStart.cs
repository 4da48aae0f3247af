using FairMedl.Core.Storage;
using FairMedl.Web.Hosting;

namespace FairMedl.Web.Start;

/// <summary>
/// Queues the sample's study when the program starts for the first time, so that a newcomer opens a finished comparison. It
/// waits until the program has answered one, and its fits run below everything else. Off with "Sample:AtFirstStart": false.
/// </summary>
public sealed class SampleAtFirstStart(SampleComparison sample, StorageFolder folder, FirstResponse first, IConfiguration configuration, ILogger<SampleAtFirstStart> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!folder.IsNew || !configuration.GetValue("Sample:AtFirstStart", true)) return;
        try
        {
            await first.WaitAsync(stoppingToken);
            await sample.OpenAsync(stoppingToken);
            log.LogInformation("The sample's study is computed in the background");
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; the next start finds what was queued, or nothing.
        }
        catch (Exception e)
        {
            // A convenience: without it the start page offers the sample to be run.
            log.LogWarning(e, "The sample could not be computed at the first start");
        }
    }
}
