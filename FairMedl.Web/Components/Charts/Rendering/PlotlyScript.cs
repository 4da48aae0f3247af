using Microsoft.JSInterop;

namespace FairMedl.Web.Components.Charts.Rendering;

/// <summary>Plotly's script in the browser of one circuit. Charts are rendered once it has run.</summary>
public sealed class PlotlyScript(IJSRuntime js)
{
    /// <summary>The JavaScript module of Plotly.Blazor, as this version of the package imports it.</summary>
    public const string InteropUrl = "./_content/Plotly.Blazor/plotly-interop-7.2.0.js";

    /// <summary>The basic build of plotly.js, as this version of Plotly.Blazor loads it.</summary>
    public const string Url = "./_content/Plotly.Blazor/plotly-basic-3.7.0.min.js";

    private Task? loading;

    /// <summary>Whether the script has run, so that a chart can be drawn at once.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Returns once the script has run. Charts that wait share one call; after a failure the next call tries again.</summary>
    /// <exception cref="JSException">The script did not load.</exception>
    /// <exception cref="TaskCanceledException">The script did not load within the time limit for calls to the browser.</exception>
    /// <exception cref="JSDisconnectedException">The browser is not connected any more.</exception>
    public async Task LoadAsync()
    {
        if (IsLoaded) return;
        Task current = loading ??= ImportAsync();
        try
        {
            await current;
        }
        finally
        {
            if (ReferenceEquals(loading, current)) loading = null;
        }
    }

    private async Task ImportAsync()
    {
        await using IJSObjectReference module = await js.InvokeAsync<IJSObjectReference>("import", "./js/chart-script.js");
        await module.InvokeVoidAsync("load", InteropUrl, Url);
        IsLoaded = true;
    }
}
