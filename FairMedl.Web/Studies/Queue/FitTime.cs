namespace FairMedl.Web.Studies.Queue;

/// <summary>Durations in words.</summary>
public static class FitTime
{
    /// <summary>A duration in words, rounded: "under a minute", "about 3 minutes", "about 2 hours".</summary>
    public static string InWords(TimeSpan time) => time switch
    {
        { TotalSeconds: < 50 } => "under a minute",
        { TotalMinutes: < 1.5 } => "about a minute",
        { TotalMinutes: < 55 } => FormattableString.Invariant($"about {Math.Round(time.TotalMinutes)} minutes"),
        { TotalHours: < 1.5 } => "about an hour",
        { TotalHours: < 36 } => FormattableString.Invariant($"about {Math.Round(time.TotalHours)} hours"),
        _ => FormattableString.Invariant($"about {Math.Round(time.TotalDays)} days"),
    };
}
