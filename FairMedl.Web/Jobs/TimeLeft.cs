using FairMedl.Core.Storage;

namespace FairMedl.Web.Jobs;

/// <summary>How long a study will still take: what its unfinished fits need at the pace of those that are done, shared by the threads.</summary>
public static class TimeLeft
{
    /// <summary>Null while no fit is done; zero when nothing is left. A model without a fit that is done counts as the average one.</summary>
    public static TimeSpan? Estimate(IReadOnlyList<StoredFit> fits, int threads, DateTimeOffset now)
    {
        StoredFit[] unfinished = [.. fits.Where(f => StudyStates.Unfinished.Contains(f.State))];
        if (unfinished.Length == 0) return TimeSpan.Zero;
        (string Model, double Seconds)[] done = [.. fits
            .Where(f => f is { State: FitState.Done, StartedAt: not null, FinishedAt: not null })
            .Select(f => (f.Model, (f.FinishedAt!.Value - f.StartedAt!.Value).TotalSeconds))];
        if (done.Length == 0) return null;
        double average = done.Average(d => d.Seconds);
        Dictionary<string, double> byModel = done.GroupBy(d => d.Model).ToDictionary(g => g.Key, g => g.Average(d => d.Seconds));

        double work = 0, longest = 0;
        foreach (StoredFit fit in unfinished)
        {
            double seconds = byModel.GetValueOrDefault(fit.Model, average);
            if (fit is { State: FitState.Running, StartedAt: { } started }) seconds = Math.Max(0, seconds - (now - started).TotalSeconds);
            work += seconds;
            longest = Math.Max(longest, seconds);
        }

        return TimeSpan.FromSeconds(Math.Max(work / Math.Min(threads, unfinished.Length), longest));
    }
}
