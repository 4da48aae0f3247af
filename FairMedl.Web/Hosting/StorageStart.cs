using FairMedl.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Web.Hosting;

/// <summary>Before anything else starts: takes the data folder for this process and brings its database to this version.</summary>
public sealed class StorageStart(StorageFolder folder, IDbContextFactory<StudyDatabase> databases, ILogger<StorageStart> log) : IHostedService
{
    private IDisposable? claim;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        claim = folder.Claim();
        await DatabaseVersion.ReachAsync(folder, databases, cancellationToken);
        log.LogInformation("Data sets and studies are kept in {Folder}", folder.FullPath);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        claim?.Dispose();
        return Task.CompletedTask;
    }
}
