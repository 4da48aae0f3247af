using FairMedl.Web.Datasets;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Drafts;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace FairMedl.Tests.Web;

/// <summary>Pages over a catalogue and a service in memory.</summary>
public abstract class PageContext : ComponentContext
{
    protected PageContext()
    {
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<IDatasetCatalogue>(Catalogue);
        Services.AddSingleton<IStudyService>(Service);
        Services.AddSingleton<FairMedl.Web.Start.SampleComparison>();
        Services.AddSingleton<IDraftStore>(Drafts);
        Services.AddSingleton<TableProfiles>();
        Services.AddOptions<UploadOptions>().Configure(o => o.MaxBytes = 10_000);
    }

    internal MemoryCatalogue Catalogue { get; } = new();

    internal InMemoryStudyService Service { get; } = new();

    internal MemoryDrafts Drafts { get; } = new();

    /// <summary>Where the page went, without the base address.</summary>
    protected string Address => "/" + Services.GetRequiredService<NavigationManager>().ToBaseRelativePath(Services.GetRequiredService<NavigationManager>().Uri);
}
