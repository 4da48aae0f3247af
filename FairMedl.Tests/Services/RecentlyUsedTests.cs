using System.Runtime.CompilerServices;
using FairMedl.Web.Services;
using Xunit;

namespace FairMedl.Tests.Services;

public class RecentlyUsedTests
{
    [Fact]
    public async Task Get_ConcurrentCalls_CreateTheValueOnce()
    {
        var values = new RecentlyUsed<object>(2);
        int made = 0;
        var gate = new TaskCompletionSource();
        Task<object>[] asked = [.. Enumerable.Range(0, 8).Select(_ => values.GetAsync(1, async () =>
        {
            Interlocked.Increment(ref made);
            await gate.Task;
            return new object();
        }))];
        gate.SetResult();

        object[] got = await Task.WhenAll(asked);
        Assert.Equal(1, made);
        Assert.All(got, o => Assert.Same(got[0], o));
    }

    [Fact]
    public async Task Get_CreationFails_FailsForAllWaitingCallersAndTriesAgain()
    {
        var values = new RecentlyUsed<string>(2);

        await Assert.ThrowsAsync<InvalidOperationException>(() => values.GetAsync(1, () => throw new InvalidOperationException()));
        string? second = null;
        for (int i = 0; i < 100 && second is null; i++)
        {
            // The failure is forgotten just after those who waited heard of it.
            try { second = await values.GetAsync(1, () => Task.FromResult("made")); }
            catch (InvalidOperationException) { await Task.Delay(10); }
        }

        Assert.Equal("made", second);
    }

    [Fact]
    public async Task Get_BeyondCapacity_DropsTheOldest()
    {
        var values = new RecentlyUsed<object>(2);
        List<WeakReference> made = await FillAsync(values, 3);
        for (int i = 0; i < 20 && made[0].IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(10);
        }

        Assert.False(made[0].IsAlive);
        Assert.True(made[1].IsAlive);
        Assert.True(made[2].IsAlive);
        GC.KeepAlive(values);
    }

    [Fact]
    public async Task Get_DroppedValueStillInUse_IsShared()
    {
        var values = new RecentlyUsed<object>(1);
        object first = await values.GetAsync(1, () => Task.FromResult(new object()));
        await values.GetAsync(2, () => Task.FromResult(new object()));

        Assert.Same(first, await values.GetAsync(1, () => Task.FromResult(new object())));
    }

    [Fact]
    public async Task Get_Cancelled_DoesNotCancelTheCreationForOthers()
    {
        var values = new RecentlyUsed<string>(1);
        using var cancelled = new CancellationTokenSource();
        var gate = new TaskCompletionSource<string>();
        Task<string> impatient = values.GetAsync(1, () => gate.Task, cancelled.Token), patient = values.GetAsync(1, () => gate.Task);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult("made");
        Assert.Equal("made", await patient);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<List<WeakReference>> FillAsync(RecentlyUsed<object> values, int count)
    {
        var made = new List<WeakReference>();
        for (int id = 0; id < count; id++) made.Add(new WeakReference(await values.GetAsync(id, () => Task.FromResult(new object()))));
        return made;
    }
}
