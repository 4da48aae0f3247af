using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Web.Start;

/// <summary>
/// Runs the home page's queries after the first response. The first query sets up the database library, which would otherwise
/// delay the first page.
/// </summary>
public sealed class DatabaseWarmup(FirstResponse first, IStudyService service, IDatasetCatalogue datasets, ILogger<DatabaseWarmup> log)
    : BackgroundService
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
            // A page that makes the same query shows the error.
            log.LogWarning(e, "Studies and data sets could not be listed after the start; the home page will try again");
        }
    }
}
