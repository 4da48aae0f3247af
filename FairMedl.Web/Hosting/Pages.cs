using System.Globalization;
using FairMedl.Web.Components;
using FairMedl.Web.Components.Charts.Rendering;
using FairMedl.Web.Datasets;
using FairMedl.Web.Reports;
using FairMedl.Web.Scoring;
using FairMedl.Web.Services.Datasets;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace FairMedl.Web.Hosting;

/// <summary>Adds the pages to a web application. They also need an IDatasetCatalogue, an IStudyService and an IDraftStore.</summary>
public static class Pages
{
    /// <summary>Registers the services of the pages: components, MudBlazor, upload limits.</summary>
    public static IServiceCollection AddFairMedlPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddScoped<PlotlyScript>();
        services.AddResponseCompression();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TableProfiles>();
        services.AddOptions<UploadOptions>().BindConfiguration(UploadOptions.Section)
            .Validate(o => o.MaxBytes > 0, "The setting FairMedl:Upload:MaxBytes must be a number of bytes above 0.").ValidateOnStart();
        return services;
    }

    // Numbers on pages use the separators of the browser's language; everything else stays invariant.
    private static RequestLocalizationOptions ReadersNumbers()
    {
        var options = new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("en-US")),
            SupportedCultures = [CultureInfo.InvariantCulture],
            SupportedUICultures = CultureInfo.GetCultures(CultureTypes.AllCultures),
        };
        options.RequestCultureProviders = [new AcceptLanguageHeaderRequestCultureProvider()];
        return options;
    }

    /// <summary>Serves the pages with their styles and scripts, and the pages for errors and unknown addresses.</summary>
    public static WebApplication MapFairMedlPages(this WebApplication app)
    {
        // MudBlazor's fingerprinted assets have no compressed form: 700 kB instead of 90.
        app.UseResponseCompression();
        app.UseExceptionHandler("/failure", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseMissingStudies();
        app.UseRequestLocalization(ReadersNumbers());
        app.UseAntiforgery();
        app.MapStaticAssets();
        // Razor pages handle GET only. Without this, HEAD of an unknown address would return 405 instead of 404.
        app.MapMethods("/not-found", [HttpMethods.Head], () => TypedResults.Empty);
        app.MapReportDownloads();
        app.MapScoringDownloads();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
