using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace FairMedl.Tests.Browser;

/// <summary>From one click to a comparison of two models.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class SampleJourneyTests(RunningApp app)
{
    [BrowserFact]
    public async Task TheSample_OneClick_LeadsToAComparison()
    {
        List<string> errors = [];
        IPage page = await app.OpenAsync("/", errors);

        await page.GetByTestId("try-sample").ClickAsync();
        await Expect(page).ToHaveURLAsync(Study(), new() { Timeout = 30_000 });
        await Expect(page.GetByTestId("study-progress")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("study-state").First).ToContainTextAsync("done", new() { Timeout = 180_000 });
        await page.GetByTestId("see-results").ClickAsync();

        await Expect(page.GetByTestId("results-sentence")).ToContainTextAsync("Fair(ADB) MEDL cuts the TPR spread", new() { Timeout = 30_000 });
        await Expect(page.GetByTestId("comparison-table")).ToBeVisibleAsync();
        // A chart is drawn, or its table stands in for it where Node.js was absent at build time.
        await Expect(page.Locator(".main-svg, [data-testid=chart-missing]").First).ToBeVisibleAsync();

        // The second time the finished study is there at once.
        IPage again = await app.OpenAsync("/", errors);
        await again.GetByTestId("try-sample").ClickAsync();
        await Expect(again).ToHaveURLAsync(Results(), new() { Timeout = 30_000 });
        Assert.Empty(errors);
    }

    [GeneratedRegex(@"/studies/\d+$")]
    private static partial Regex Study();

    [GeneratedRegex(@"/studies/\d+/results")]
    private static partial Regex Results();
}
