using FairMedl.Core.Storage.Stores;

namespace FairMedl.Web.Jobs;

/// <summary>Queue of fits that wait for a thread. It lives in memory: the database keeps the state of fits across restarts.</summary>
public interface IFitQueue
{
    /// <summary>Adds fits in this order at the end of the queue, or at its head. Fits that wait already are moved.</summary>
    Task EnqueueAsync(IReadOnlyList<FitTicket> fits, bool first = false, CancellationToken cancellation = default);

    /// <summary>Removes fits from the queue and cancels those that are running.</summary>
    Task RemoveAsync(IReadOnlyList<FitTicket> fits, CancellationToken cancellation = default);
}

/// <summary>Queue of a process that runs no fits: they stay queued in the database until a worker starts.</summary>
public sealed class NoWorker : IFitQueue
{
    /// <inheritdoc/>
    public Task EnqueueAsync(IReadOnlyList<FitTicket> fits, bool first = false, CancellationToken cancellation = default) =>
        Task.CompletedTask;

    /// <inheritdoc/>
    public Task RemoveAsync(IReadOnlyList<FitTicket> fits, CancellationToken cancellation = default) => Task.CompletedTask;
}
