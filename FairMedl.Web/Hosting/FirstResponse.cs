namespace FairMedl.Web.Hosting;

/// <summary>
/// When the program has answered its first request, or has been ready for a moment and nobody asked. What no answer needs
/// begins only then: on few cores it would keep the first visitor waiting.
/// </summary>
public sealed class FirstResponse
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly TaskCompletionSource given = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Of a web application, which answers (<see cref="FirstResponseMiddleware.UseFirstResponse"/>).</summary>
    public FirstResponse(IHostApplicationLifetime lifetime, TimeProvider clock) =>
        lifetime.ApplicationStarted.Register(() => _ = Task.Delay(Patience, clock).ContinueWith(_ => Give(), TaskScheduler.Default));

    private FirstResponse() => Give();

    /// <summary>Of a host that nobody asks: there is nothing to wait for.</summary>
    public static FirstResponse NotAwaited { get; } = new();

    /// <summary>Whether it was given, or is no longer waited for.</summary>
    public bool IsGiven => given.Task.IsCompleted;

    /// <summary>The first request was answered.</summary>
    public void Give() => given.TrySetResult();

    /// <summary>Returns when it was given.</summary>
    public Task WaitAsync(CancellationToken cancellation) => given.Task.WaitAsync(cancellation);
}

/// <summary>The pipeline's part of it.</summary>
public static class FirstResponseMiddleware
{
    /// <summary>Tells <see cref="FirstResponse"/> when a request was answered; to be the first of the pipeline.</summary>
    public static IApplicationBuilder UseFirstResponse(this IApplicationBuilder app)
    {
        FirstResponse first = app.ApplicationServices.GetRequiredService<FirstResponse>();
        return app.Use((context, next) =>
        {
            if (!first.IsGiven)
            {
                context.Response.OnCompleted(() =>
                {
                    first.Give();
                    return Task.CompletedTask;
                });
            }

            return next(context);
        });
    }
}
