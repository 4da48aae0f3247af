using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace FairMedl.Tests.Browser;

/// <summary>
/// Every page, light and dark, under axe-core's rules for WCAG 2.2 AA and good practice; the page's own tables and charts stand
/// when it is asked. axe comes with npm, as plotly does.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(RunningApp app)
{
    private static readonly string Axe = Path.Combine(SharedData.Repository, "node_modules", "axe-core", "axe.min.js");

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
        ("/studies/1/results", "[data-testid=comparison-table]"),
        ("/studies/1/results?part=groups", "main table:visible"),
        ("/studies/1/results?threshold=0.4", "[data-testid=comparison-table]"),
        ("/studies/1/results?part=training", "main table:visible"),
        ("/studies/1/results?part=features", "main table:visible"),
        ("/studies/1/results?part=provenance", "main table:visible"),
        ("/studies/1/report", "[data-testid=report-preview]"),
        ("/studies/1/report?card=medl", "[data-testid=card-model]"),
        ("/studies/1/score", "[data-testid=score-submit]"),
        ("/studies/1/person", "[data-testid=person-random]"),
        ("/studies/1/person?row=8", "[data-testid=person-near]"),
        ("/studies/1/person?row=8&set=income:250000", "[data-testid=person-flips]"),
        ("/compare", "h1"),
        ("/compare?runs=1.medl,1.fair-adb-medl,1.nnet", "[data-testid=runs-improvement-table]"),
        ("/studies/1/results?part=groups&attribute=sex&with=age", "main table:visible"),
        ("/studies/1/report.html", "main table:visible"),
        ("/studies/999/results", "[data-testid=empty], h1"),
        ("/nowhere", "h1"),
    ];

    [BrowserFact]
    public async Task EveryPage_LightAndDark_HasNoViolation()
    {
        Assert.True(File.Exists(Axe), "axe-core is missing: npm ci in the repository's root brings it (the build runs it where Node.js is there).");
        string script = await File.ReadAllTextAsync(Axe);
        List<string> errors = [], violations = [];
        IPage page = await app.OpenAsync("/", errors);
        await Expect(page.GetByTestId("try-sample")).ToHaveTextAsync("Open the sample", new() { Timeout = 180_000 });
        foreach ((string address, string ready) in Pages)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
            await page.GotoAsync(address);
            await Expect(page.Locator(ready).First).ToBeVisibleAsync(new() { Timeout = 30_000 });
            // Running inside the page's own world would need its content security policy to allow it; evaluating does not.
            await page.EvaluateAsync(script);
            await LookAsync("light", """{ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }""");
            // What is where is the same in the dark; its colours are not.
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
            await LookAsync("dark", """{ runOnly: { type: "rule", values: ["color-contrast"] } }""");

            async Task LookAsync(string theme, string rules)
            {
                JsonElement found = await page.EvaluateAsync<JsonElement>(
                    "async () => (await axe.run(document, " + rules + ")).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.target.join(' ')} ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? ''}`))");
                violations.AddRange(found.EnumerateArray().Select(v => $"{address} ({theme}) {v.GetString()}"));
            }
        }

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }
}
