using System.Globalization;
using System.Text;
using FairMedl.Core.Experiments;
using FairMedl.Core.Reports;
using FairMedl.Web.Studies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FairMedl.Web.Reports;

/// <summary>A study's numbers as files.</summary>
public static class ReportDownloads
{
    /// <summary>
    /// Maps, below /studies/{id}: metrics.csv (every number, one a row); report.{csv, md, tex, xlsx, html, json}, the parts of it
    /// that "parts" names; card.{the same}, one model's card. 404 while there is no number, or no such form or model.
    /// </summary>
    public static IEndpointRouteBuilder MapReportDownloads(this IEndpointRouteBuilder routes)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/studies/{id:int}/metrics.csv", reading, MetricsAsync);
        routes.MapMethods("/studies/{id:int}/report.{extension}", reading, ReportAsync);
        routes.MapMethods("/studies/{id:int}/card.{extension}", reading, CardAsync);
        return routes;
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> MetricsAsync(int id, IStudyService service, CancellationToken cancellation)
    {
        StudyResults? results = await service.ResultsAsync(id, cancellation);
        if (results is null) return TypedResults.NotFound();
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        MetricsCsv.Write(results, text);
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", FileNames.Of(results.Header.Name, "metrics", "csv"));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> ReportAsync(int id, string extension, string? parts, bool? download, IStudyService service, CancellationToken cancellation)
    {
        if (ReportFormat.Find(extension) is not { } format || await service.ResultsAsync(id, cancellation) is not { } results) return TypedResults.NotFound();
        // The whole study for programs has every number, not only the tables.
        if (extension == "json" && parts is null)
        {
            await using var text = new StringWriter(CultureInfo.InvariantCulture);
            ReportJson.Write(results, text);
            return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), format.MediaType, FileNames.Of(results.Header.Name, "report", extension));
        }

        StudyReport report = StudyReport.Of(results);
        return File(parts is null ? report : report.Only(ReportParts.Parse(parts)), format, results, "report", download);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> CardAsync(int id, string extension, string? model, bool? download, IStudyService service, CancellationToken cancellation)
    {
        if (ReportFormat.Find(extension) is not { } format || model is null || await service.ResultsAsync(id, cancellation) is not { } results || ModelCard.Of(results, model) is not { } card)
            return TypedResults.NotFound();
        return File(card, format, results, $"card-{model}", download);
    }

    /// <summary>A page opens in the browser unless it is asked for as a file; everything else is a file.</summary>
    private static FileContentHttpResult File(StudyReport report, ReportFormat format, StudyResults results, string what, bool? download)
    {
        bool inBrowser = format.Extension == "html" && download != true;
        string type = format.MediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{format.MediaType}; charset=utf-8" : format.MediaType;
        return TypedResults.File(format.ToBytes(report), type, inBrowser ? null : FileNames.Of(results.Header.Name, what, format.Extension));
    }
}
