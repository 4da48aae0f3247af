using System.Globalization;

namespace FairMedl.Web.Components;

/// <summary>Times relative to now.</summary>
public static class RelativeTime
{
    /// <summary>"just now", "5 min ago", "3 h ago", else the day in ISO form (UTC).</summary>
    public static string Format(DateTimeOffset moment, DateTimeOffset now) => (now - moment) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } ago => string.Create(CultureInfo.InvariantCulture, $"{(int)ago.TotalMinutes} min ago"),
        { TotalHours: < 24 } ago => string.Create(CultureInfo.InvariantCulture, $"{(int)ago.TotalHours} h ago"),
        _ => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
