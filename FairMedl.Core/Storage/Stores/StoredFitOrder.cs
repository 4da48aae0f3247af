using FairMedl.Core.Studies.Plan;

namespace FairMedl.Core.Storage.Stores;

/// <summary>Queue order of stored fits: when first queued, retried, moved ahead or recovered after a restart.</summary>
internal static class StoredFitOrder
{
    /// <summary>The tickets of one study's fits in queue order. The fits must be in the plan's order.</summary>
    public static IReadOnlyList<FitTicket> TicketsOf(this QueueOrder order, IEnumerable<StoredFit> fits) =>
        [.. order.Of(fits, f => f.Key, f => f.Epochs).Select(f => new FitTicket(f.Id, f.Attempt))];
}
