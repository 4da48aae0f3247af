using System.Globalization;
using System.Text;
using FairMedl.Core.Experiments;
using FairMedl.Core.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FairMedl.Web.Studies;

/// <summary>A study's numbers as files.</summary>
public static class StudyDownloads
{
    /// <summary>Maps metrics.csv (every number, one a row) and report.html (the study as one page) below /studies/{id}; 404 while there is no number.</summary>
    public static IEndpointRouteBuilder MapStudyDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/studies/{id:int}/metrics.csv", MetricsAsync);
        routes.MapGet("/studies/{id:int}/report.html", ReportAsync);
        return routes;
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> MetricsAsync(int id, IStudyDesk desk, CancellationToken cancellation)
    {
        StudyResults? results = await desk.ResultsAsync(id, cancellation);
        if (results is null) return TypedResults.NotFound();
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        MetricsCsv.Write(results, text);
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", FileNames.Of(results.Header.Name, "metrics", "csv"));
    }

    private static async Task<Results<ContentHttpResult, NotFound>> ReportAsync(int id, IStudyDesk desk, CancellationToken cancellation)
    {
        StudyResults? results = await desk.ResultsAsync(id, cancellation);
        if (results is null) return TypedResults.NotFound();
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        ReportHtml.Write(results, text);
        return TypedResults.Text(text.ToString(), "text/html; charset=utf-8");
    }
}
