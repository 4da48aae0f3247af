using Deque.AxeCore.Commons;
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
    private const string AllRules = """{ iframes: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }""";
    private const string Contrast = """{ iframes: false, runOnly: { type: "rule", values: ["color-contrast"] } }""";

    private static readonly string[] Pages =
    [
        "/", "/datasets", "/datasets/1", "/datasets/1/roles", "/studies", "/studies/new?dataset=1&from=1", "/studies/1",
        "/studies/1/results",
        "/studies/1/results?part=groups",
        "/studies/1/results?part=groups&attribute=sex&with=age",
        "/studies/1/results?threshold=0.4",
        "/studies/1/results?part=compare",
        "/studies/1/results?part=training",
        "/studies/1/results?part=features",
        "/studies/1/results?part=clusters",
        "/studies/1/results?part=provenance",
        "/studies/1/report", "/studies/1/report?card=medl", "/studies/1/report.html",
        "/studies/1/score",
        "/studies/1/individuals", "/studies/1/individuals?row=8", "/studies/1/individuals?row=8&set=income:250000",
        "/compare", "/compare?runs=1.medl,1.fair-adb-medl,1.nnet",
        "/compute",
        "/studies/999/results", "/nowhere",
    ];

    // The narrow width last: what follows is checked at the width that most people have.
    private static readonly int[] Widths = [1920, 800, 1280];

    /// <summary>Whether the page is drawn: its heading is there, no skeleton is, and every chart has its plot.</summary>
    private const string Ready = """
        () => document.querySelector('h1') && !document.querySelector('[data-testid=loading], .mud-skeleton')
            && [...document.querySelectorAll('.chart-frame')].every(c => c.offsetParent === null || c.querySelector('.main-svg'))
        """;

    /// <summary>What reaches beyond the page's width outside a box that scrolls.</summary>
    private const string Overflowing = """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
            : [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                && !e.closest('.mud-table-container, .table-scroll, svg')).slice(0, 3).map(e => e.outerHTML.slice(0, 120))
        """;

    [BrowserFact]
    public async Task EveryPage_LightAndDark_HasNoViolation_AndFitsEveryWidth()
    {
        string script = new BundledAxeScriptProvider().GetScript();
        List<string> errors = [], violations = [];
        IPage page = await app.OpenAsync("/", errors);
        await Expect(page.GetByTestId("try-sample")).ToHaveTextAsync("Open the sample", new() { Timeout = 180_000 });
        foreach (string address in Pages)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
            await page.GotoAsync(address);
            try
            {
                await page.WaitForFunctionAsync(Ready, null, new() { Timeout = 30_000 });
            }
            catch (TimeoutException)
            {
                violations.Add($"{address} is not drawn within 30 seconds");
                continue;
            }

            // Folded tables are checked as well, and no colour while it fades into another.
            await page.AddStyleTagAsync(new() { Content = "* { transition: none !important; animation: none !important }" });
            await page.EvaluateAsync("() => document.querySelectorAll('main details').forEach(d => d.open = true)");
            foreach (int width in Widths)
            {
                await page.SetViewportSizeAsync(width, 900);
                string[] wide = await page.EvaluateAsync<string[]>(Overflowing);
                if (wide.Length > 0) violations.Add($"{address} overflows at {width} pixels: {string.Join(" | ", wide)}");
            }

            // Not the package's RunAxe: it waits for ever for the sandboxed frame of a report's preview, in which no script runs.
            await page.EvaluateAsync(script);
            await CheckAsync("light", AllRules);
            // Dark mode changes colours only.
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
            await CheckAsync("dark", Contrast);

            async Task CheckAsync(string theme, string rules)
            {
                string[] found = await page.EvaluateAsync<string[]>(
                    "async () => (await axe.run(document, " + rules + ")).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html}`))");
                violations.AddRange(found.Select(v => $"{address} ({theme}) {v}"));
            }
        }

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }
}
