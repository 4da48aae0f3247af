using Bunit;
using FairMedl.Web.Datasets;
using FairMedl.Web.Roles;
using FairMedl.Web.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace FairMedl.Tests.Web;

/// <summary>Pages over a catalogue and a desk in memory.</summary>
public abstract class PageContext : BunitContext
{
    protected PageContext()
    {
        // A machine that builds beside its tests is slow; what does not come still fails.
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<IDatasetCatalogue>(Catalogue);
        Services.AddSingleton<IStudyDesk>(Desk);
        Services.AddSingleton<FairMedl.Web.Start.SampleComparison>();
        Services.AddSingleton(Drafts);
        Services.AddSingleton<TableLooks>();
        Services.AddOptions<UploadOptions>().Configure(o => o.MaxBytes = 10_000);
    }

    internal MemoryCatalogue Catalogue { get; } = new();

    internal MemoryDesk Desk { get; } = new();

    internal RoleDrafts Drafts { get; } = new();

    /// <summary>Where the page went, without the base address.</summary>
    protected string Address => "/" + Services.GetRequiredService<NavigationManager>().ToBaseRelativePath(Services.GetRequiredService<NavigationManager>().Uri);
}
