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
    public async Task Sample_ComputedAtTheFirstStart_OpensAsAComparison()
    {
        List<string> errors = [];
        IPage page = await app.OpenAsync("/", errors);

        await Expect(page.GetByTestId("try-sample")).ToHaveTextAsync("Open the sample", new() { Timeout = 180_000 });
        await page.GetByTestId("try-sample").ClickAsync();
        await Expect(page).ToHaveURLAsync(Results());

        await Expect(page.GetByTestId("results-sentence")).ToContainTextAsync("Fair(ADB) MEDL is clearly fairer than MEDL for");
        await Expect(page.GetByTestId("disparities").Locator(".main-svg").First).ToBeVisibleAsync();
        await Expect(page.GetByTestId("verdicts").Locator("article").First).ToBeVisibleAsync();
        Assert.Empty(errors);

        // The same page in the marks of another reader; the file is the same.
        IPage german = await app.OpenAsReaderAsync("de-DE", new Uri(page.Url).PathAndQuery, "[data-testid=comparison-table] summary");
        await Expect(german.GetByTestId("results-sentence")).ToContainTextAsync(new Regex(@"\d,\d"));
        await german.GetByTestId("comparison-table").Locator("summary").First.ClickAsync();
        await Expect(german.GetByTestId("comparison-table").Locator("table")).ToContainTextAsync(Decimal());
        await german.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        IDownload csv = await german.RunAndWaitForDownloadAsync(() => german.GetByTestId("export-csv").ClickAsync());
        string text = await File.ReadAllTextAsync(await csv.PathAsync());
        Assert.Matches(@"TPR SD,0\.\d{3},0\.\d{3},", text);
        Assert.DoesNotContain("\"0,", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"0,\d{3}")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"/studies/\d+/results")]
    private static partial Regex Results();
}
