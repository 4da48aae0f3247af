using FairMedl.Core.Fits;
using FairMedl.Core.Storage.Stores;
using FairMedl.Web.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FairMedl.Tests.Jobs;

public class ProgressFeedTests
{
    private readonly ManualTime time = new();
    private readonly ProgressFeed feed;

    public ProgressFeedTests() => feed = new ProgressFeed(time, NullLogger<ProgressFeed>.Instance);

    [Fact]
    public void Changed_ManyTimesInASecond_CallsAtMostFourTimesAndOnceForTheLast()
    {
        int calls = 0;
        using IDisposable watch = feed.Watch(1, () => calls++);
        for (int ms = 0; ms < 1000; ms += 10)
        {
            feed.Changed(1);
            time.Step(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(4, calls);
        time.Step(TimeSpan.FromSeconds(1));
        Assert.Equal(5, calls);
        time.Step(TimeSpan.FromSeconds(10));
        Assert.Equal(5, calls);
    }

    [Fact]
    public void Changed_AfterAPause_CallsImmediately()
    {
        int calls = 0;
        using IDisposable watch = feed.Watch(null, () => calls++);
        feed.Changed(7);
        time.Step(TimeSpan.Zero);
        Assert.Equal(1, calls);
        time.Step(TimeSpan.FromSeconds(3));
        feed.Changed(8);
        time.Step(TimeSpan.Zero);
        Assert.Equal(2, calls);
    }

    [Fact]
    public void Watch_AnotherStudyOrDisposed_IsNotCalled()
    {
        int calls = 0;
        IDisposable watch = feed.Watch(1, () => calls++);
        feed.Changed(2);
        time.Step(TimeSpan.FromSeconds(1));
        feed.Changed(1);
        watch.Dispose();
        feed.Changed(1);
        time.Step(TimeSpan.FromSeconds(1));
        Assert.Equal(0, calls);
    }

    [Fact]
    public void Watch_OneThrows_OthersAndLaterChangesAreNotified()
    {
        int calls = 0;
        using IDisposable bad = feed.Watch(1, () => throw new InvalidOperationException());
        using IDisposable good = feed.Watch(1, () => calls++);
        feed.Changed(1);
        time.Step(TimeSpan.FromSeconds(1));
        feed.Changed(1);
        time.Step(TimeSpan.FromSeconds(1));
        Assert.Equal(2, calls);
    }

    [Fact]
    public void Report_ThenEnded_HoldsLossesOnlyWhileItRuns()
    {
        var claim = new FitClaim(5, 1, new FitKey("nnet", 1, 0), 1);
        feed.Report(claim, new EpochLosses(1, 3, 3));
        feed.Report(claim, new EpochLosses(2, 2, 2));
        feed.Report(new FitClaim(6, 2, new FitKey("nnet", 1, 0), 1), new EpochLosses(9, 9, 9));

        Assert.Equal(2, Assert.Single(feed.LossesOf(1)).Value.Epoch);
        feed.Ended(claim);
        Assert.Empty(feed.LossesOf(1));
    }

    /// <summary>A clock that only a test advances; timers that are due then run on the test's thread.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private readonly List<ManualTimer> timers = [];
        private TimeSpan now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new ManualTimer(this, () => callback(state));
            timers.Add(timer);
            timer.Change(dueTime, period);
            return timer;
        }

        public void Step(TimeSpan by)
        {
            now += by;
            foreach (ManualTimer timer in timers.ToArray()) timer.RunIfDue();
        }

        private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
        {
            private TimeSpan? due;

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                due = dueTime == Timeout.InfiniteTimeSpan ? null : time.now + dueTime;
                return true;
            }

            public void RunIfDue()
            {
                if (due is null || due > time.now) return;
                due = null;
                callback();
            }

            public void Dispose() => due = null;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
