using AngleSharp.Dom;
using Bunit;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Results;
using MudBlazor;

namespace FairMedl.Tests.Web.Results;

/// <summary>The results page with the menus that it opens.</summary>
public abstract class ResultsPages : StudyPages
{
    private const int MostTables = 40;

    private readonly Lazy<IRenderedComponent<MudPopoverProvider>> popovers;

    protected ResultsPages() => popovers = new(() => Render<MudPopoverProvider>());

    /// <summary>Where menus and popovers are drawn.</summary>
    private protected IRenderedComponent<MudPopoverProvider> Popovers => popovers.Value;

    /// <summary>The page once its results, which may be recomputed on a thread of their own, are there.</summary>
    private protected static IRenderedComponent<ResultsPage> Ready(IRenderedComponent<ResultsPage> page)
    {
        page.WaitForAssertion(() => Xunit.Assert.Empty(page.FindAll("[data-testid=loading], [data-testid=results][aria-busy=true]")));
        return page;
    }

    /// <summary>Opens the page.</summary>
    private protected IRenderedComponent<ResultsPage> Open(string query = "")
    {
        _ = Popovers;
        Navigation.NavigateTo(StudyAddresses.Results(1) + query);
        return Ready(Render<ResultsPage>(p => p.Add(r => r.Id, 1)));
    }

    /// <summary>Opens the page with every table that it makes on demand.</summary>
    private protected IRenderedComponent<ResultsPage> OpenWithTables(string query = "") => Unfold(Open(query));

    /// <summary>Opens every fold and the table of every chart.</summary>
    private protected static IRenderedComponent<ResultsPage> Unfold(IRenderedComponent<ResultsPage> page)
    {
        // The open tab's content is drawn after the page, and each opened fold draws the page again.
        page.WaitForAssertion(() =>
        {
            Xunit.Assert.NotEmpty(page.FindAll(".results-panel [data-testid], .results-panel .fold"));
            Xunit.Assert.NotEmpty(page.FindAll("[data-testid=results-tables] details"));
            foreach (string closed in new[] { "details.fold:not(:has(.fold-content > *))", "details.chart-table:not(:has(table))" })
                for (int i = 0; i < MostTables && page.FindAll(closed) is { Count: > 0 } folds; i++) folds[0].TriggerEvent("ontoggle", EventArgs.Empty);
            Xunit.Assert.Empty(page.FindAll("details.fold:not(:has(.fold-content > *)), details.chart-table:not(:has(table))"));
        });
        return page;
    }

    /// <summary>Selects an option of a control of the page's bar.</summary>
    private protected void Select(IRenderedComponent<ResultsPage> page, string testId, string option)
    {
        page.Find($"[data-testid={testId}] .pill").Click();
        Popovers.WaitForElements($"[data-testid={testId}-option]").First(o => Name(o) == option).Click();
    }

    /// <summary>The slider of the threshold, in its popover.</summary>
    private protected IElement Slider(IRenderedComponent<ResultsPage> page) => InThreshold(page, "threshold-slider");

    /// <summary>An element of the threshold's popover, which is opened first.</summary>
    private protected IElement InThreshold(IRenderedComponent<ResultsPage> page, string testId)
    {
        if (page.Find("[data-testid=threshold-open]").GetAttribute("aria-expanded") != "true") page.Find("[data-testid=threshold-open]").Click();
        return Popovers.WaitForElement($"[data-testid={testId}]");
    }

    /// <summary>What a control of the page's bar shows.</summary>
    private protected static string Value(IRenderedComponent<ResultsPage> page, string testId) => page.Find($"[data-testid={testId}] .pill-value").TextContent;

    private static string Name(IElement option) => option.QuerySelector(".export-item > span")!.TextContent.Trim();
}
