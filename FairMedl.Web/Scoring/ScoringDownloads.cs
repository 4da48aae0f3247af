using System.Globalization;
using System.Text;
using FairMedl.Core.Reports.Files;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Services.Scoring;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FairMedl.Web.Scoring;

/// <summary>The predictions and the audit of a scored file, as files.</summary>
public static class ScoringDownloads
{
    /// <summary>Maps predictions.csv and metrics.csv below /studies/{id}/scores/{run}; 404 where there is none.</summary>
    public static IEndpointRouteBuilder MapScoringDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/studies/{id:int}/scores/{run}/predictions.csv", Predictions);
        routes.MapGet("/studies/{id:int}/scores/{run}/metrics.csv", Metrics);
        return routes;
    }

    private static Results<PhysicalFileHttpResult, NotFound> Predictions(int id, string run, IScoringService service) =>
        service.Find(run) is { Predictions: { } path } job && job.Study == id && File.Exists(path)
            ? TypedResults.PhysicalFile(path, "text/csv; charset=utf-8",
                FileNames.Of(Path.GetFileNameWithoutExtension(job.File), "predictions", "csv"))
            : TypedResults.NotFound();

    private static Results<FileContentHttpResult, NotFound> Metrics(int id, string run, IScoringService service)
    {
        if (service.Find(run) is not { Report.Audit: { } audit } job || job.Study != id) return TypedResults.NotFound();
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        MetricsCsv.Write(audit, text);
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8",
            FileNames.Of(Path.GetFileNameWithoutExtension(job.File), "metrics", "csv"));
    }
}
