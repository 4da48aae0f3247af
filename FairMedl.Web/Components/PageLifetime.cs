namespace FairMedl.Web.Components;

/// <summary>Ends with its page. Its token may be asked for afterwards too, when something that was under way comes back late.</summary>
public sealed class PageLifetime : IDisposable
{
    private readonly CancellationTokenSource source = new();

    /// <summary>Alive until the page is left.</summary>
    public PageLifetime() => Token = source.Token;

    /// <summary>Cancelled when the page is left.</summary>
    public CancellationToken Token { get; }

    /// <summary>The page is left.</summary>
    public void Dispose()
    {
        source.Cancel();
        source.Dispose();
    }
}
