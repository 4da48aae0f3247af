namespace FairMedl.Web.Components;

/// <summary>The last thing that a page was asked to show. Whatever was asked before it is cancelled, and must not be shown even where it comes back late.</summary>
public sealed class LatestRequest
{
    private CancellationTokenSource? current;

    /// <summary>A token for what is asked now; cancelled by the next one and when the page is left.</summary>
    public CancellationToken Begin(CancellationToken closed)
    {
        Cancel();
        current = CancellationTokenSource.CreateLinkedTokenSource(closed);
        return current.Token;
    }

    /// <summary>Nothing that was asked so far is wanted any more.</summary>
    public void Cancel()
    {
        current?.Cancel();
        current?.Dispose();
        current = null;
    }
}
