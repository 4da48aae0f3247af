using FairMedl.Web.Datasets;
using FairMedl.Web.Hosting;
using FairMedl.Web.Studies;

namespace FairMedl.Web.Start;

/// <summary>
/// Asks what the first page shows once the program has answered its first request. The database's library is set up by the
/// first question that it is asked, which takes longer than the browser needs to come back with the page's own.
/// </summary>
public sealed class DatabaseWarmup(FirstResponse first, IStudyService service, IDatasetCatalogue datasets, ILogger<DatabaseWarmup> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await first.WaitAsync(stoppingToken);
            await service.ListAsync(stoppingToken);
            await datasets.ListAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
        catch (Exception e)
        {
            // A page that asks the same tells its reader.
            log.LogWarning(e, "The studies and data sets could not be listed after the start");
        }
    }
}
