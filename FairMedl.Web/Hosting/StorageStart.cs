using FairMedl.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Web.Hosting;

/// <summary>Claims the data folder for this process and migrates its database before other services start.</summary>
public sealed class StorageStart(StorageFolder folder, IDbContextFactory<StudyDatabase> databases, ILogger<StorageStart> log)
    : IHostedLifecycleService
{
    private IDisposable? claim;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        claim = folder.Claim();
        await DatabaseVersion.ReachAsync(folder, databases, cancellationToken);
    }

    /// <summary>Logs the folder once the program has started. If the start fails, only the reason is logged.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        log.LogInformation("Data folder: {Folder}", folder.FullPath);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        claim?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
