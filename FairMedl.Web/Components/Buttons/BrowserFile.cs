using Microsoft.JSInterop;

namespace FairMedl.Web.Components.Buttons;

/// <summary>Hands files that the server made to the browser.</summary>
public static class BrowserFile
{
    /// <summary>Saves bytes under a name.</summary>
    public static async Task SaveAsync(IJSRuntime js, string fileName, string mediaType, byte[] content)
    {
        await using IJSObjectReference module = await js.InvokeAsync<IJSObjectReference>("import", "./js/download.js");
        await module.InvokeVoidAsync("save", fileName, mediaType, content);
    }
}
