using FairMedl.Core.Storage;

namespace FairMedl.Web.Jobs;

/// <summary>Where fits wait for a thread. It forgets everything when the process ends; the truth is in the tables.</summary>
public interface IFitQueue
{
    /// <summary>Adds fits, or moves those that wait already, to be run in this order: after all that are there, or before them.</summary>
    Task EnqueueAsync(IReadOnlyList<FitTicket> fits, bool first = false, CancellationToken cancellation = default);

    /// <summary>Takes fits out and tells those that are running to stop.</summary>
    Task RemoveAsync(IReadOnlyList<FitTicket> fits, CancellationToken cancellation = default);
}

/// <summary>In a process that runs no jobs: fits wait in the tables until one that does starts.</summary>
public sealed class NoWorker : IFitQueue
{
    /// <inheritdoc/>
    public Task EnqueueAsync(IReadOnlyList<FitTicket> fits, bool first = false, CancellationToken cancellation = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task RemoveAsync(IReadOnlyList<FitTicket> fits, CancellationToken cancellation = default) => Task.CompletedTask;
}
