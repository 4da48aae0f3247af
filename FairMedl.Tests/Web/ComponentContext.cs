using Bunit;
using FairMedl.Web.Components.Charts.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Xunit;

namespace FairMedl.Tests.Web;

/// <summary>
/// A bUnit context with MudBlazor's services. xunit disposes it asynchronously, because MudBlazor's key interceptor knows no
/// other way.
/// </summary>
public abstract class ComponentContext : BunitContext, IAsyncLifetime
{
    /// <summary>Loose JavaScript, and a patience that suits a machine that builds beside its tests.</summary>
    protected ComponentContext()
    {
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddScoped<PlotlyScript>();
    }

    /// <inheritdoc />
    public virtual Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc />
    public new virtual async Task DisposeAsync() => await base.DisposeAsync();
}
