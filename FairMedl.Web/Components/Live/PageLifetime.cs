namespace FairMedl.Web.Components.Live;

/// <summary>The lifetime of a page. The token stays readable after disposal, for answers that come back late.</summary>
public sealed class PageLifetime : IDisposable
{
    private readonly CancellationTokenSource source = new();

    /// <summary>Starts a lifetime that ends with disposal.</summary>
    public PageLifetime() => Token = source.Token;

    /// <summary>Cancelled when the page closes.</summary>
    public CancellationToken Token { get; }

    /// <summary>Ends the lifetime.</summary>
    public void Dispose()
    {
        source.Cancel();
        source.Dispose();
    }
}
