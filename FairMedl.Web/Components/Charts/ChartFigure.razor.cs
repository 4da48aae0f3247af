using System.Text;
using FairMedl.Web.Components.Buttons;
using FairMedl.Web.Components.Charts.Rendering;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Components.Controls;
using FairMedl.Web.Components.Theme;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plotly.Blazor;

namespace FairMedl.Web.Components.Charts;

/// <summary>A chart with its title, note, table and download menu, drawn by Plotly in the colours of the theme in use.</summary>
public sealed partial class ChartFigure
{
    private readonly string id = ElementName.Next("chart");
    private PlotlyChart? plot;
    private IList<ITrace> data = [];
    private Plotly.Blazor.Layout layout = new();
    private object? drawn;
    private bool drawnDark, hasScript, hasFailed, isPlotRendered, isReady, isStale, wasTableOpened;

    /// <summary>The chart to draw; or set <see cref="Grid"/>.</summary>
    [Parameter] public Chart? Chart { get; set; }

    /// <summary>Several panels to draw as one figure.</summary>
    [Parameter] public ChartGrid? Grid { get; set; }

    /// <summary>What the chart shows, in a sentence, for screen readers.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>A line below the title on how to read the chart.</summary>
    [Parameter] public string? Note { get; set; }

    /// <summary>A line below the plot.</summary>
    [Parameter] public string? Caption { get; set; }

    /// <summary>Controls between the title and the menu, such as a choice of metric.</summary>
    [Parameter] public RenderFragment? Controls { get; set; }

    /// <summary>A table of the numbers; without one, a plain table is made from the series.</summary>
    [Parameter] public RenderFragment? Table { get; set; }

    /// <summary>Whether <see cref="Table"/> is made only when the user first opens it, as for long tables.</summary>
    [Parameter] public bool IsTableLazy { get; set; }

    /// <summary>The data-testid.</summary>
    [Parameter] public string? TestId { get; set; }

    /// <summary>Whether the theme in use is dark.</summary>
    [CascadingParameter(Name = "Dark")] public bool Dark { get; set; }

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private PlotlyScript Script { get; set; } = null!;

    private ChartGrid Panels => Grid ?? PanelsOf(Chart ?? throw new InvalidOperationException("Set Chart or Grid."));

    private string Title => Grid?.Title ?? Chart!.Title;

    private string FileName => string.Join('-', Title.ToLowerInvariant()
        .Split([.. Path.GetInvalidFileNameChars(), ' ', ',', '.', ':', '(', ')'], StringSplitOptions.RemoveEmptyEntries));

    /// <inheritdoc />
    protected override void OnInitialized() => hasScript = Script.IsLoaded;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        object current = (object?)Grid ?? Chart!;
        if (ReferenceEquals(drawn, current) && drawnDark == Dark) return;
        drawn = current;
        drawnDark = Dark;
        ChartPalette palette = ChartPalette.Of(Dark);
        data = [.. Panels.Panels.SelectMany((panel, i) => panel.Traces.Select(t => t.ToPlotly(palette, PanelAxes.At(i))))];
        layout = PlotlyLayout.Of(Panels, palette);
        isStale = true;
    }

    // Plotly.Blazor draws once and never looks at its parameters again, so a later chart is drawn by React().
    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender && !hasScript) await LoadScriptAsync();
            if (plot is null) return;
            if (!isPlotRendered) isStale = false;
            isPlotRendered = true;
            if (!isStale || !isReady) return;
            isStale = false;
            await plot.React();
        }
        catch (JSDisconnectedException)
        {
            // The browser tab was closed.
        }
    }

    // Plotly.Blazor would load the script as well, but does not bear that a chart is removed before the script has run.
    private async Task LoadScriptAsync()
    {
        try
        {
            await Script.LoadAsync();
            hasScript = true;
        }
        catch (Exception e) when (e is JSException or TaskCanceledException)
        {
            hasFailed = true;
        }

        StateHasChanged();
    }

    // A change that came while the first drawing was under way is drawn by the next render.
    private void OnDrawn()
    {
        isReady = true;
        if (isStale) StateHasChanged();
    }

    private async Task SaveImageAsync(string format)
    {
        await using IJSObjectReference module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/download.js");
        await module.InvokeVoidAsync("saveChart", id, format, FileName, PlotlyParts.Literal(Title),
            ChartPalette.Of(Dark)["var(--fm-surface)"]);
    }

    private Task SaveCsvAsync() =>
        BrowserFile.SaveAsync(Js, $"{FileName}.csv", "text/csv", Encoding.UTF8.GetBytes(ChartTable.ToCsv(Panels)));

    private static ChartGrid PanelsOf(Chart chart) => new(chart.Title, [chart], 1) { RowHeight = chart.Height, Legend = chart.Legend };
}
