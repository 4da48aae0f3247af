using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FairMedl.Web.Components.Layout;

/// <summary>Light, as the system has it, or dark. theme.js does the work, so that it works before the page is connected.</summary>
public sealed partial class ThemeSwitch
{
    [Inject] private IJSRuntime Js { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            // The buttons were drawn anew: which one is pressed must be said again.
            await Js.InvokeVoidAsync("fairmedlTheme.apply");
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone.
        }
    }
}
