using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FairMedl.Web.Components.Charts;

/// <summary>
/// A chart drawn by plotly.js in the theme's colours, with the numbers behind it in a table. Where plotly is missing it
/// says so and shows the table.
/// </summary>
public sealed partial class PlotlyChart
{
    private ElementReference host;
    private IJSObjectReference? module;
    private string? drawn;
    private bool missing;

    /// <summary>What to draw.</summary>
    [Parameter, EditorRequired] public Chart Chart { get; set; } = new() { Title = "", X = new(""), Y = new(""), Traces = [] };

    /// <summary>What the chart shows, in a sentence, for those who cannot see it.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>A word on how to read it, beside the title.</summary>
    [Parameter] public string? Note { get; set; }

    /// <summary>The same numbers as a table (class "table").</summary>
    [Parameter] public RenderFragment? Table { get; set; }

    /// <summary>A name for browser tests.</summary>
    [Parameter] public string? TestId { get; set; }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        string figure = PlotlyJson.Figure(Chart);
        if (missing || figure == drawn) return;
        drawn = figure;
        try
        {
            module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./js/charts.js");
            if (await module.InvokeAsync<bool>("draw", host, figure)) return;
            missing = true;
            StateHasChanged();
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone, and the chart with it.
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (module is null) return;
        try
        {
            await module.InvokeVoidAsync("remove", host);
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone, and the chart with it.
        }
    }
}
