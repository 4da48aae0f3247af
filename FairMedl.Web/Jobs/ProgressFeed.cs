using System.Collections.Concurrent;
using FairMedl.Core.Fits;
using FairMedl.Core.Storage.Stores;

namespace FairMedl.Web.Jobs;

/// <summary>
/// Notifies subscribers of changes to studies, at most four times a second each and always of the last change. Holds the
/// latest losses of running fits.
/// </summary>
public sealed class ProgressFeed(TimeProvider clock, ILogger<ProgressFeed> log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<Watcher, byte> watchers = new();
    private readonly ConcurrentDictionary<FitClaim, EpochLosses> running = new();

    /// <summary>Subscribes to changes of a study (null = any study). The callback runs on a pool thread. Dispose to unsubscribe.</summary>
    public IDisposable Watch(int? studyId, Action changed)
    {
        var watcher = new Watcher(this, studyId, changed);
        watchers.TryAdd(watcher, 0);
        return watcher;
    }

    /// <summary>Reports that a study has changed.</summary>
    public void Changed(int studyId)
    {
        foreach (Watcher watcher in watchers.Keys)
        {
            if (watcher.StudyId is null || watcher.StudyId == studyId) watcher.Notice();
        }
    }

    /// <summary>Reports the losses of a running fit's last epoch.</summary>
    public void Report(FitClaim fit, EpochLosses losses)
    {
        running[fit] = losses;
        Changed(fit.StudyId);
    }

    /// <summary>Reports that a fit no longer runs.</summary>
    public void Ended(FitClaim fit)
    {
        running.TryRemove(fit, out _);
        Changed(fit.StudyId);
    }

    /// <summary>The latest losses of a study's running fits, by the fit's id.</summary>
    public IReadOnlyDictionary<int, EpochLosses> LossesOf(int studyId) =>
        running.Where(r => r.Key.StudyId == studyId).GroupBy(r => r.Key.FitId)
            .ToDictionary(g => g.Key, g => g.MaxBy(r => r.Key.Attempt).Value);

    private sealed class Watcher : IDisposable
    {
        private readonly Lock gate = new();
        private readonly ProgressFeed feed;
        private readonly Action changed;
        private readonly ITimer timer;
        private long? lastCall;
        private bool waiting, disposed;

        public Watcher(ProgressFeed feed, int? studyId, Action changed)
        {
            this.feed = feed;
            this.changed = changed;
            StudyId = studyId;
            timer = feed.Clock.CreateTimer(_ => Call(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public int? StudyId { get; }

        public void Notice()
        {
            lock (gate)
            {
                if (waiting || disposed) return;
                waiting = true;
                TimeSpan since = lastCall is { } at ? feed.Clock.GetElapsedTime(at) : Interval;
                timer.Change(since >= Interval ? TimeSpan.Zero : Interval - since, Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose()
        {
            lock (gate) disposed = true;
            feed.watchers.TryRemove(this, out _);
            timer.Dispose();
        }

        private void Call()
        {
            lock (gate)
            {
                if (disposed) return;
                waiting = false;
                lastCall = feed.Clock.GetTimestamp();
            }

            try
            {
                changed();
            }
            catch (Exception e)
            {
                feed.Log.LogError(e, "A page could not be updated after a change of study {Study}", StudyId);
            }
        }
    }

    private TimeProvider Clock => clock;

    private ILogger Log => log;
}
