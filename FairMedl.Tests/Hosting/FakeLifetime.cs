using Microsoft.Extensions.Hosting;

namespace FairMedl.Tests.Hosting;

/// <summary>The life of a host that a test starts, or not.</summary>
public sealed class FakeLifetime : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource started = new();

    public CancellationToken ApplicationStarted => started.Token;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void Start() => started.Cancel();

    public void StopApplication() => throw new NotSupportedException();

    public void Dispose() => started.Dispose();
}
