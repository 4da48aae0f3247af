using FairMedl.Web.Services.Studies;

namespace FairMedl.Web.Reports;

/// <summary>The date of a report whose date field is empty.</summary>
public static class ReportDates
{
    /// <summary>The day on which the study's last fit finished; today while fits are left.</summary>
    public static DateOnly Of(StudySummary study, TimeProvider clock) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(study.FinishedAt ?? clock.GetUtcNow(), clock.LocalTimeZone).DateTime);
}
