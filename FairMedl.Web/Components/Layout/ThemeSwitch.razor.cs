using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FairMedl.Web.Components.Layout;

/// <summary>Light, as the system has it, or dark. theme.js does the work, so that it works before the page is connected, and tells it.</summary>
public sealed partial class ThemeSwitch : IAsyncDisposable
{
    private DotNetObjectReference<ThemeSwitch>? self;

    /// <summary>Called with whether the page is dark, at first and at every change.</summary>
    [Parameter] public EventCallback<bool> Changed { get; set; }

    [Inject] private IJSRuntime Js { get; set; } = null!;

    /// <summary>Called by theme.js.</summary>
    [JSInvokable] public Task Told(bool dark) => InvokeAsync(() => Changed.InvokeAsync(dark));

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
            // The tab is gone.
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
            // The tab is gone.
        }

        self?.Dispose();
    }
}
