namespace FairMedl.Web.Components.Live;

/// <summary>The latest request of a page. Earlier requests are cancelled, and their late answers must not be shown.</summary>
public sealed class LatestRequest
{
    private CancellationTokenSource? current;

    /// <summary>Starts a request. Its token is cancelled by the next request and when the page closes.</summary>
    public CancellationToken Begin(CancellationToken closed)
    {
        Cancel();
        current = CancellationTokenSource.CreateLinkedTokenSource(closed);
        return current.Token;
    }

    /// <summary>Cancels the current request.</summary>
    public void Cancel()
    {
        current?.Cancel();
        current?.Dispose();
        current = null;
    }
}
