using FairMedl.Web.Components.Live;
using Xunit;

namespace FairMedl.Tests.Web.Components.Live;

public sealed class LiveReloadTests
{
    [Fact]
    public async Task Changes_WhileAReloadRuns_MakeOneMore()
    {
        int reloads = 0;
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        using var reload = new LiveReload(
            async () =>
            {
                if (Interlocked.Increment(ref reloads) == 1) await first.Task;
                else second.TrySetResult();
            },
            TimeProvider.System,
            TimeSpan.Zero);

        for (int i = 0; i < 50; i++) reload.Changed();
        first.SetResult();
        await second.Task;
        await Task.Yield();

        Assert.Equal(2, reloads);
    }

    [Fact]
    public async Task Change_AfterAQuietTime_ReloadsAgain()
    {
        using var reloads = new SemaphoreSlim(0);
        using var reload = new LiveReload(
            () =>
            {
                reloads.Release();
                return Task.CompletedTask;
            },
            TimeProvider.System,
            TimeSpan.Zero);

        for (int i = 0; i < 5; i++)
        {
            reload.Changed();
            await reloads.WaitAsync();
        }
    }

    [Fact]
    public void Dispose_EndsTheWatch()
    {
        bool ended = false;
        var reload = new LiveReload(() => Task.CompletedTask, TimeProvider.System);
        reload.Follow(_ => new Ending(() => ended = true));

        reload.Dispose();

        Assert.True(ended);
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
