using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Plan;

namespace FairMedl.Web.Services.Studies;

/// <summary>Estimates the remaining time of a study from its unfinished fits and the number of threads.</summary>
public static class TimeLeft
{
    /// <summary>
    /// The remaining time. Zero means that nothing is left to run; null that it is unknown. A fit is expected to take the median
    /// time of the study's finished fits of its model, else the time in earlier studies (<paramref name="recorded"/>), else a time
    /// scaled from the study's other models.
    /// </summary>
    /// <param name="fits">The study's fits.</param>
    /// <param name="threads">How many fits run at once.</param>
    /// <param name="now">The current time.</param>
    /// <param name="recorded">Seconds of a fit by model, from earlier studies of the same shape.</param>
    public static TimeSpan? Estimate(IReadOnlyList<StoredFit> fits, int threads, DateTimeOffset now,
        IReadOnlyDictionary<string, double>? recorded = null)
    {
        StoredFit[] unfinished = [.. fits.Where(f => StudyStates.Unfinished.Contains(f.State))];
        if (unfinished.Length == 0) return TimeSpan.Zero;
        StoredFit[] done = [.. fits.Where(f => f is { State: FitState.Done, StartedAt: not null, FinishedAt: not null })];
        Dictionary<string, double> byModel = done.GroupBy(f => f.Model).ToDictionary(g => g.Key, g => Median.Of([.. g.Select(Seconds)]));
        double? pace = done.Length == 0 ? null : Median.Of([.. done.Select(f => Seconds(f) / Cost(f))]);

        var left = new List<double>(unfinished.Length);
        foreach (StoredFit fit in unfinished)
        {
            double? expected = byModel.TryGetValue(fit.Model, out double own) ? own
                : recorded is not null && recorded.TryGetValue(fit.Model, out double earlier) ? earlier
                : pace * Cost(fit);
            if (expected is not { } seconds) return null;
            left.Add(fit is { State: FitState.Running, StartedAt: { } started }
                ? Math.Max(0, seconds - (now - started).TotalSeconds) : seconds);
        }

        return StudyTimeForecast.SideBySide(left, threads);
    }

    private static double Seconds(StoredFit fit) => (fit.FinishedAt!.Value - fit.StartedAt!.Value).TotalSeconds;

    private static int Cost(StoredFit fit) => ModelCatalogue.Find(fit.Model) is { } kind ? FitCost.Of(kind, Math.Max(1, fit.Epochs)) : 1;
}
