using Bunit;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Rendering;
using FairMedl.Web.Components.Charts.Traces;
using Microsoft.JSInterop;
using Plotly.Blazor;
using Xunit;

namespace FairMedl.Tests.Web.Components.Charts.Rendering;

public sealed class PlotlyScriptTests : ComponentContext
{
    private const string Module = "./js/chart-script.js";

    private static readonly Chart Bars = new()
    {
        Title = "TPR by group",
        X = new("Group"),
        Y = new("TPR"),
        Traces = [new BarTrace("MEDL", ["a", "b"], [.5, .6], "var(--fm-series-1)")],
    };

    [Fact]
    public void Script_AddressesAndElement_AreThoseOfPlotlyBlazor()
    {
        JSInterop.SetupModule(Module).SetupVoid("load", _ => true).SetVoidResult();
        BunitJSModuleInterop plotly = JSInterop.SetupModule(PlotlyScript.InteropUrl);
        plotly.Mode = JSRuntimeMode.Loose;

        Show(Bars);

        Assert.Equal([Module, PlotlyScript.InteropUrl], JSInterop.Invocations["import"].Select(i => i.Arguments[0]).Distinct());
        Assert.Equal(["plotly-import", PlotlyScript.Url], Assert.Single(plotly.Invocations["importScript"]).Arguments);
        string source = File.ReadAllText(Path.Combine(SharedData.Repository, "wwwroot-assets", "js", "chart-script.js"));
        Assert.Contains("\"plotly-import\"", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_BeforeTheScriptHasRun_KeepTheirPlaceAndShareOneCall()
    {
        BunitJSModuleInterop module = JSInterop.SetupModule(Module);
        JSRuntimeInvocationHandler load = module.SetupVoid("load", _ => true);
        IRenderedComponent<ChartFigure> first = Show(Bars), second = Show(Bars);

        Assert.Empty(first.FindComponents<PlotlyChart>());
        Assert.Contains($"height:{Bars.Height}px", first.Find(".chart-frame").GetAttribute("style"), StringComparison.Ordinal);
        Assert.Equal(PlotlyScript.Url, first.Find("link[rel=preload]").GetAttribute("href"));
        first.Render(p => p.Add(c => c.Chart, Bars with { Height = 500 }));
        load.SetVoidResult();

        first.WaitForAssertion(() => Assert.Equal(500, first.FindComponent<PlotlyChart>().Instance.Layout.Height));
        second.WaitForAssertion(() => second.FindComponent<PlotlyChart>());
        Assert.Equal([PlotlyScript.InteropUrl, PlotlyScript.Url], Assert.Single(module.Invocations["load"]).Arguments);
        Show(Bars).FindComponent<PlotlyChart>();
        Assert.Single(module.Invocations["load"]);
    }

    [Fact]
    public void Figure_WhoseScriptDoesNotLoad_SaysSo_AndTheNextOneTriesAgain()
    {
        BunitJSModuleInterop module = JSInterop.SetupModule(Module);
        module.SetupVoid("load", _ => true).SetException(new JSException("Failed to load script"));

        IRenderedComponent<ChartFigure> failed = Show(Bars);
        Assert.Contains("did not load", failed.Find(".chart-frame [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, failed.FindAll("tbody tr").Count);

        module.SetupVoid("load", _ => true).SetVoidResult();
        Show(Bars).FindComponent<PlotlyChart>();
    }

    [Fact]
    public async Task Figure_RemovedBeforeTheScriptHasRun_IsNotDrawn()
    {
        JSRuntimeInvocationHandler load = JSInterop.SetupModule(Module).SetupVoid("load", _ => true);
        IRenderedComponent<ChartFigure> figure = Show(Bars);

        await DisposeComponentsAsync();
        load.SetVoidResult();

        Assert.True(figure.IsDisposed);
        Assert.DoesNotContain(JSInterop.Invocations["import"], i => Equals(i.Arguments[0], PlotlyScript.InteropUrl));
    }

    [Fact]
    public void Figure_WhoseBrowserDisconnects_DoesNotThrow()
    {
        JSInterop.SetupModule(Module).SetupVoid("load", _ => true).SetException(new JSDisconnectedException("The circuit is gone."));

        Assert.Empty(Show(Bars).FindComponents<PlotlyChart>());
    }

    private IRenderedComponent<ChartFigure> Show(Chart chart) =>
        Render<ChartFigure>(p => p.Add(c => c.Chart, chart).Add(c => c.Label, "bars of TPR"));
}
