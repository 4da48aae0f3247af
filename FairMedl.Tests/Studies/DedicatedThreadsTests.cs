using System.Collections.Concurrent;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

public sealed class DedicatedThreadsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_AnyThreads_UsesOtherThreadsAtTheGivenPriority(int threads)
    {
        int caller = Environment.CurrentManagedThreadId;
        var seen = new ConcurrentBag<(int Piece, int Thread, ThreadPriority Priority)>();

        DedicatedThreads.Run(20, threads, (piece, _) => seen.Add((piece, Environment.CurrentManagedThreadId, Thread.CurrentThread.Priority)), ThreadPriority.BelowNormal, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 20), seen.Select(s => s.Piece).Order());
        Assert.DoesNotContain(seen, s => s.Thread == caller);
        Assert.All(seen, s => Assert.Equal(ThreadPriority.BelowNormal, s.Priority));
        Assert.InRange(seen.Select(s => s.Thread).Distinct().Count(), 1, threads);
    }

    [Fact]
    public void Run_NoThread_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DedicatedThreads.Run(1, 0, (_, _) => { }, ThreadPriority.Normal, CancellationToken.None));
}
