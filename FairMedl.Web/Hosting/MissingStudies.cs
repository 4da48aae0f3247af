using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Web.Hosting;

/// <summary>
/// Middleware that responds with 404 to every address below a study that does not exist. Pages cannot do so: they render
/// over the socket, after the response was sent.
/// </summary>
public static class MissingStudies
{
    /// <summary>Adds the middleware. The page shown is that of every 404.</summary>
    public static IApplicationBuilder UseMissingStudies(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (Study(context.Request.Path) is { } id && (HttpMethods.IsGet(context.Request.Method)
            || HttpMethods.IsHead(context.Request.Method))
            && !await context.RequestServices.GetRequiredService<IStudyService>().ExistsAsync(id, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await next(context);
    });

    /// <summary>The study's id in an address such as /studies/3/results; null where it has none.</summary>
    private static int? Study(PathString path) =>
        path.StartsWithSegments("/studies", StringComparison.OrdinalIgnoreCase, out PathString rest)
            && rest.Value?.Split('/') is [_, var first, ..]
            ? StudyAddresses.Number(first)
            : null;
}
