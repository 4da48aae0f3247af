using FairMedl.Web.Studies;

namespace FairMedl.Web.Hosting;

/// <summary>
/// Answers 404 for every address below a study that does not exist. The pages themselves cannot: they are drawn over the
/// socket, when the answer has long been given.
/// </summary>
public static class MissingStudies
{
    /// <summary>Adds it; the page in words is that of every 404.</summary>
    public static IApplicationBuilder UseMissingStudies(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (Study(context.Request.Path) is { } id && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            && !await context.RequestServices.GetRequiredService<IStudyService>().ExistsAsync(id, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await next(context);
    });

    /// <summary>The study of an address such as /studies/3/results; null where it has none.</summary>
    private static int? Study(PathString path) =>
        path.StartsWithSegments("/studies", StringComparison.OrdinalIgnoreCase, out PathString rest) && rest.Value?.Split('/') is [_, var first, ..]
            ? StudyAddresses.Number(first)
            : null;
}
