namespace FairMedl.Web.Hosting;

/// <summary>
/// Completes with the program's first response, or two seconds after the start where no request came. Work that no response
/// needs waits for it: on a few cores it would delay the first visitor.
/// </summary>
public sealed class FirstResponse : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly TaskCompletionSource given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? timer;

    /// <summary>For a web application (<see cref="FirstResponseMiddleware.UseFirstResponse"/>).</summary>
    public FirstResponse(IHostApplicationLifetime lifetime, TimeProvider clock) =>
        lifetime.ApplicationStarted.Register(() => timer = clock.CreateTimer(_ => Give(), null, Patience, Timeout.InfiniteTimeSpan));

    private FirstResponse() => Give();

    /// <summary>For a host without requests: there is nothing to wait for.</summary>
    public static FirstResponse NotAwaited { get; } = new();

    /// <summary>Whether the response was given or is no longer waited for.</summary>
    public bool IsGiven => given.Task.IsCompleted;

    /// <summary>Completes it.</summary>
    public void Give() => given.TrySetResult();

    /// <summary>Waits until it is completed.</summary>
    public Task WaitAsync(CancellationToken cancellation) => given.Task.WaitAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();
}

/// <summary>Completes <see cref="FirstResponse"/> from the request pipeline.</summary>
public static class FirstResponseMiddleware
{
    /// <summary>Adds the middleware; it must be the first of the pipeline.</summary>
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
