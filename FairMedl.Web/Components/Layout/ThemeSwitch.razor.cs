using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FairMedl.Web.Components.Layout;

/// <summary>
/// Light, dark, or the system's choice. theme.js switches, so that it works before the page is connected, and reports the theme
/// in use.
/// </summary>
public sealed partial class ThemeSwitch : IAsyncDisposable
{
    private DotNetObjectReference<ThemeSwitch>? self;

    /// <summary>Raised with whether the page is dark: once at the start and at every change.</summary>
    [Parameter] public EventCallback<bool> Changed { get; set; }

    [Inject] private IJSRuntime Js { get; set; } = null!;

    /// <summary>Called by theme.js.</summary>
    [JSInvokable] public Task SetDark(bool dark) => InvokeAsync(() => Changed.InvokeAsync(dark));

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            self = DotNetObjectReference.Create(this);
            await Js.InvokeVoidAsync("fairmedlTheme.follow", self);
        }
        catch (JSDisconnectedException)
        {
            // The browser tab was closed.
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (self is not null) await Js.InvokeVoidAsync("fairmedlTheme.follow", (object?)null);
        }
        catch (JSDisconnectedException)
        {
            // The browser tab was closed.
        }

        self?.Dispose();
    }
}
