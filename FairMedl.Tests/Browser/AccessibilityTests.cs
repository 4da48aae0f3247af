using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace FairMedl.Tests.Browser;

/// <summary>
/// Runs axe-core's rules for WCAG 2.2 AA and good practice on every page, light and dark, once its tables and charts are drawn.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(RunningApp app)
{
    private static readonly AxeRunOptions AllRules = new() { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") };
    private static readonly AxeRunOptions Contrast = new() { RunOnly = RunOnlyOptions.Rules("color-contrast") };

    /// <summary>Address, and what stands on the page once it is ready.</summary>
    private static readonly (string Address, string Ready)[] Pages =
    [
        ("/", "[data-testid=try-sample]"),
        ("/datasets", "[data-testid=upload-submit]"),
        ("/datasets/1", "[data-testid=set-roles]"),
        ("/datasets/1/roles", "[data-testid=roles-continue]"),
        ("/studies", "main table:visible"),
        ("/studies/new?dataset=1&from=1", "[data-testid=queue-study]"),
        ("/studies/1", "[data-testid=fit-grid]"),
        ("/studies/1/results", "[data-testid=disparities] .main-svg"),
        ("/studies/1/results?part=compare", "[data-testid=scatter] .main-svg"),
        ("/studies/1/results?threshold=0.4", "[data-testid=disparities] .main-svg"),
        ("/studies/1/results?part=training", "[data-testid=training-curves] .main-svg"),
        ("/studies/1/results?part=features", "[data-testid=importance-chart] .main-svg"),
        ("/studies/1/results?part=clusters", "[data-testid=intercepts-chart] .main-svg"),
        ("/studies/1/results?part=provenance", "main table:visible"),
        ("/studies/1/report", "[data-testid=report-preview]"),
        ("/studies/1/report?card=medl", "[data-testid=field-review]"),
        ("/studies/1/score", "[data-testid=score-submit]"),
        ("/studies/1/individuals", "[data-testid=person-random]"),
        ("/studies/1/individuals?row=8", "[data-testid=person-chart] .main-svg"),
        ("/studies/1/individuals?row=8&set=income:250000", "[data-testid=person-flips]"),
        ("/compare", "h1"),
        ("/compare?runs=1.medl,1.fair-adb-medl,1.nnet", "[data-testid=compare-disparities] .main-svg"),
        ("/studies/1/results?part=groups&attribute=sex&with=age", "[data-testid=group-bars] .main-svg"),
        ("/studies/1/report.html", "main table:visible"),
        ("/studies/999/results", "[data-testid=empty], h1"),
        ("/nowhere", "h1"),
    ];

    [BrowserFact]
    public async Task EveryPage_LightAndDark_HasNoViolation()
    {
        List<string> errors = [], violations = [];
        IPage page = await app.OpenAsync("/", errors);
        await Expect(page.GetByTestId("try-sample")).ToHaveTextAsync("Open the sample", new() { Timeout = 180_000 });
        foreach ((string address, string ready) in Pages)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
            await page.GotoAsync(address);
            await Expect(page.Locator(ready).First).ToBeVisibleAsync(new() { Timeout = 30_000 });
            await CheckAsync("light", AllRules);
            // Dark mode changes colours only.
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
            await CheckAsync("dark", Contrast);

            async Task CheckAsync(string theme, AxeRunOptions rules)
            {
                AxeResult result = await page.RunAxe(rules);
                violations.AddRange(result.Violations.SelectMany(v => v.Nodes.Select(n => $"{address} ({theme}) {v.Id}: {v.Help}: {n.Html}")));
            }
        }

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }
}
