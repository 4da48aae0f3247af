namespace FairMedl.Web.Components.Live;

/// <summary>
/// Reloads a page when what it shows changes: one reload at a time, a pause between two, and any number of changes that
/// come meanwhile make one more. Changes may come from any thread. Disposing ends it.
/// </summary>
/// <param name="reload">Loads and renders.</param>
/// <param name="clock">For the pause.</param>
/// <param name="pause">Between two reloads; 400 ms by default.</param>
/// <param name="failed">Receives an exception of a reload: a component's <c>DispatchExceptionAsync</c>. Reloading ends with it.</param>
public sealed class LiveReload(Func<Task> reload, TimeProvider clock, TimeSpan? pause = null, Func<Exception, Task>? failed = null) : IDisposable
{
    private readonly TimeSpan between = pause ?? TimeSpan.FromMilliseconds(400);
    private readonly CancellationTokenSource end = new();
    private IDisposable? following;
    private int pending;

    /// <summary>The reloads since the last pause; completed while nothing changes.</summary>
    public Task Reloading { get; private set; } = Task.CompletedTask;

    /// <summary>Begins to listen.</summary>
    public void Follow(Func<Action, IDisposable> watch)
    {
        following?.Dispose();
        following = watch(Changed);
    }

    /// <summary>Something changed.</summary>
    public void Changed()
    {
        // The first change starts the loop; those that follow are seen by it.
        if (Interlocked.Increment(ref pending) == 1) Reloading = RunAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            int seen;
            do
            {
                seen = Volatile.Read(ref pending);
                end.Token.ThrowIfCancellationRequested();
                await reload();
                await Task.Delay(between, clock, end.Token);
            }
            while (Interlocked.CompareExchange(ref pending, 0, seen) != seen);
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
        catch (ObjectDisposedException)
        {
            // The page was closed while a reload waited for its turn to render.
        }
        catch (Exception e) when (failed is not null)
        {
            await failed(e);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        following?.Dispose();
        end.Cancel();
    }
}
