using System.Globalization;
using System.Text;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Files;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Services.Reports;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FairMedl.Web.Reports;

/// <summary>A study's numbers as files.</summary>
public static class ReportDownloads
{
    /// <summary>
    /// Maps, below /studies/{id}: metrics.csv, every number in a row of its own; report.{csv, md, tex, xlsx, html, json}, the parts
    /// that "parts" names; card.{same formats}, one model's card. Without "parts" the documents (html, md, tex) leave out the
    /// appendix, and the formats for programs hold every table. 404 before the first result, and for an unknown format or model.
    /// </summary>
    public static IEndpointRouteBuilder MapReportDownloads(this IEndpointRouteBuilder routes)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/studies/{id:int}/metrics.csv", reading, MetricsAsync);
        routes.MapMethods("/studies/{id:int}/report.{extension}", reading, ReportAsync);
        routes.MapMethods("/studies/{id:int}/card.{extension}", reading, CardAsync);
        return routes;
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> MetricsAsync(int id, IStudyService service,
        CancellationToken cancellation)
    {
        StudyResults? results = await service.ResultsAsync(id, cancellation);
        if (results is null) return TypedResults.NotFound();
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        MetricsCsv.Write(results, text);
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8",
            FileNames.Of(results.Header.Name, "metrics", "csv"));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> ReportAsync(int id, string extension, string? parts, bool? download,
        IStudyService service, IReportFields fields, TimeProvider clock, CancellationToken cancellation)
    {
        if (ReportFormat.Find(extension) is not { } format || await service.ResultsAsync(id, cancellation) is not { } results)
            return TypedResults.NotFound();
        (ReportDetails details, string? dataFile) = await CoverAsync(id, service, fields, clock, cancellation);
        // The whole study for programs has every number, not only the tables.
        if (extension == "json" && parts is null)
        {
            await using var text = new StringWriter(CultureInfo.InvariantCulture);
            ReportJson.Write(results, text, details: details, dataFile: dataFile);
            return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), format.MediaType,
                FileNames.Of(results.Header.Name, "report", extension));
        }

        StudyReport report = StudyReport.Of(results, details: details, dataFile: dataFile);
        if (parts is not null) report = report.Only(ReportParts.Parse(parts));
        else if (extension is "html" or "md" or "tex") report = report.Only(ReportParts.Default);
        return File(report, format, results, "report", download);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> CardAsync(int id, string extension, string? model, bool? download,
        IStudyService service, IReportFields fields, TimeProvider clock, CancellationToken cancellation)
    {
        if (ReportFormat.Find(extension) is not { } format || model is null
            || await service.ResultsAsync(id, cancellation) is not { } results) return TypedResults.NotFound();
        (ReportDetails details, string? dataFile) = await CoverAsync(id, service, fields, clock, cancellation);
        return ModelCard.Of(results, model, details: details, dataFile: dataFile) is { } card
            ? File(card, format, results, $"card-{model}", download) : TypedResults.NotFound();
    }

    private static async Task<(ReportDetails Details, string? DataFile)> CoverAsync(int id, IStudyService service, IReportFields fields,
        TimeProvider clock, CancellationToken cancellation)
    {
        ReportDetails details = await fields.FindAsync(id, cancellation);
        StudySummary? study = (await service.FindAsync(id, cancellation))?.Summary;
        if (study is not null) details = details with { Date = details.Date ?? ReportDates.Of(study, clock) };
        return (details, study?.DatasetName);
    }

    /// <summary>HTML opens in the browser unless it is to be downloaded; all other formats are downloads.</summary>
    private static FileContentHttpResult File(StudyReport report, ReportFormat format, StudyResults results, string what, bool? download)
    {
        bool inBrowser = format.Extension == "html" && download != true;
        string type = format.MediaType.StartsWith("text/", StringComparison.Ordinal)
            ? $"{format.MediaType}; charset=utf-8" : format.MediaType;
        return TypedResults.File(format.ToBytes(report), type, inBrowser
            ? null : FileNames.Of(results.Header.Name, what, format.Extension));
    }
}
