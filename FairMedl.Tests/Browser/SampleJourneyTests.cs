using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace FairMedl.Tests.Browser;

/// <summary>From one click to a comparison of models.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class SampleJourneyTests(RunningApp app)
{
    [BrowserFact]
    public async Task TheSample_ComputedAtTheFirstStart_OpensAsAComparison()
    {
        List<string> errors = [];
        IPage page = await app.OpenAsync("/", errors);

        await Expect(page.GetByTestId("try-sample")).ToHaveTextAsync("Open the sample", new() { Timeout = 180_000 });
        await page.GetByTestId("try-sample").ClickAsync();
        await Expect(page).ToHaveURLAsync(Results(), new() { Timeout = 30_000 });

        await Expect(page.GetByTestId("results-sentence")).ToContainTextAsync("Fair(ADB) MEDL cuts the TPR spread", new() { Timeout = 30_000 });
        await Expect(page.GetByTestId("comparison-table")).ToBeVisibleAsync();
        // A chart is drawn, or its table stands in for it where Node.js was absent at build time.
        await Expect(page.Locator(".main-svg, [data-testid=chart-missing]").First).ToBeVisibleAsync();
        Assert.Empty(errors);
    }

    [GeneratedRegex(@"/studies/\d+/results")]
    private static partial Regex Results();
}
