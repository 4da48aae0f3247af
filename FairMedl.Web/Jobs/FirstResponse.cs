namespace FairMedl.Web.Jobs;

/// <summary>
/// Signal of the program's first response, or of two seconds after the start without a request. Background work waits for it,
/// because it would delay the first page on a machine with few cores.
/// </summary>
public sealed class FirstResponse : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly TaskCompletionSource given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? timer;

    /// <summary>The signal of a web application, set by the middleware that sees the first response.</summary>
    public FirstResponse(IHostApplicationLifetime lifetime, TimeProvider clock) =>
        lifetime.ApplicationStarted.Register(() => timer = clock.CreateTimer(_ => Give(), null, Patience, Timeout.InfiniteTimeSpan));

    private FirstResponse() => Give();

    /// <summary>A signal that is already set, for a host without requests.</summary>
    public static FirstResponse NotAwaited { get; } = new();

    /// <summary>Whether the first response was sent or the time has passed.</summary>
    public bool IsGiven => given.Task.IsCompleted;

    /// <summary>Sets the signal.</summary>
    public void Give() => given.TrySetResult();

    /// <summary>Waits for the signal.</summary>
    public Task WaitAsync(CancellationToken cancellation) => given.Task.WaitAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();
}
