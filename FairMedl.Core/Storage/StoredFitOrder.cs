using FairMedl.Core.Experiments;

namespace FairMedl.Core.Storage;

/// <summary>The order in which stored fits are queued: at first, again after a failure, before others, or after a restart.</summary>
internal static class StoredFitOrder
{
    /// <summary>The tickets of one study's fits, which are given in the plan's order.</summary>
    public static IReadOnlyList<FitTicket> TicketsOf(this QueueOrder order, IEnumerable<StoredFit> fits) =>
        [.. order.Of(fits, f => f.Key, f => f.Epochs).Select(f => new FitTicket(f.Id, f.Attempt))];
}
