using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace FairMedl.Tests.Browser;

/// <summary>What a user does with a finished study: moves the threshold, intersects two attributes, and compares runs.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class ResultsJourneyTests(RunningApp app)
{
    [BrowserFact]
    public async Task Results_ThresholdIntersectionAndComparison_Work()
    {
        List<string> errors = [];
        IPage page = await app.OpenAsync("/", errors);
        await page.GetByTestId("try-sample").ClickAsync();
        await Expect(page).ToHaveURLAsync(Study());
        if (!Results().IsMatch(page.Url))
        {
            await Expect(page.GetByTestId("study-state").First).ToContainTextAsync("done", new() { Timeout = 180_000 });
            await page.GetByTestId("see-results").ClickAsync();
        }

        await OpenFoldAsync(page, "difference-tables");
        ILocator spread = page.Locator("[data-testid^=spreads-] tbody tr").First;
        string own = await spread.InnerTextAsync();
        await page.GetByTestId("threshold-open").ClickAsync();
        await page.GetByTestId("threshold-number").FillAsync("0.8");
        await page.GetByTestId("threshold-number").BlurAsync();
        await Expect(page).ToHaveURLAsync(new Regex("threshold=0\\.8"));
        await Expect(spread).Not.ToHaveTextAsync(own, new() { UseInnerText = true });
        await page.GetByTestId("threshold-slider").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page).ToHaveURLAsync(new Regex("threshold=0\\.799"));
        // The results are recomputed after the address has changed.
        await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        // The address is enough to see the same again.
        string address = page.Url, at = await spread.InnerTextAsync();
        await page.ReloadAsync();
        await OpenFoldAsync(page, "difference-tables");
        await Expect(spread).ToHaveTextAsync(at, new() { UseInnerText = true });
        Assert.Equal(address, page.Url);
        await page.GetByTestId("threshold-open").ClickAsync();
        await page.GetByTestId("threshold-own").ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("threshold="));
        await Expect(spread).ToHaveTextAsync(own, new() { UseInnerText = true });
        await page.GetByTestId("threshold-slider").FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("threshold-slider")).ToHaveCountAsync(0);

        // Back leads from choice to choice on the page, where it was left, and only then away from it.
        ILocator tab = page.Locator("[role=tab][aria-selected=true]"), effects = page.GetByTestId("head-switch").Locator(".pill-value");
        await page.GetByTestId("part-compare").ClickAsync();
        await page.ChooseAsync("head-switch", "without branch effects");
        await Expect(page).ToHaveURLAsync(new Regex(@"results\?part=compare&head=fe$"));
        await page.GoBackAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("head="));
        await Expect(effects).ToHaveTextAsync("with branch effects");
        await page.GoBackAsync();
        await Expect(tab).ToHaveTextAsync("By group");
        await page.GoForwardAsync();
        await Expect(page.GetByTestId("scatter")).ToBeVisibleAsync();
        await page.GoBackAsync();

        await OpenFoldAsync(page, "group-tables");
        await page.ChooseAsync("attribute-choice", "sex");
        await Expect(page).ToHaveURLAsync(new Regex("attribute=sex"));
        await page.ChooseAsync("cross-choice", "age");
        await Expect(page.Locator("[data-testid='groups-sex × age-seen']")).ToBeVisibleAsync();

        await OpenFoldAsync(page, "comparison-table");
        await page.GetByTestId("compare-runs").ClickAsync();
        await Expect(page.GetByTestId("compare-verdicts")).ToBeVisibleAsync();
        ILocator runs = page.GetByTestId("chosen-runs").Locator("li");
        int before = await runs.CountAsync();
        await page.ChooseAsync("compare-baseline", await runs.Nth(1).Locator(".run-name").InnerTextAsync());
        await Expect(page).ToHaveURLAsync(new Regex("baseline="));
        if (before > 2)
        {
            string all = page.Url;
            await page.GetByTestId("chosen-runs").Locator("button").Last.ClickAsync();
            await Expect(runs).ToHaveCountAsync(before - 1);
            // The address changes after the page.
            await Expect(page).Not.ToHaveURLAsync(all);
        }

        string compared = await page.GetByTestId("compare-sentence").InnerTextAsync();
        await page.ReloadAsync();
        await Expect(page.GetByTestId("compare-sentence")).ToHaveTextAsync(compared);
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task UnknownAddresses_Requested_Return404AndAPage()
    {
        using var client = new HttpClient { BaseAddress = new Uri(app.Address) };
        foreach (string path in new[] { "/studies/999/results", "/studies/999", "/studies/999/report.html", "/studies/999/metrics.csv", "/nowhere" })
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("FairMedl", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using HttpResponseMessage head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
            Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        }

        foreach (string path in new[] { "/studies", "/studies/new?dataset=1", "/compare?runs=999.medl,nonsense" })
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static async Task OpenFoldAsync(IPage page, string testId)
    {
        await page.GetByTestId(testId).Locator("summary").First.ClickAsync(new() { Timeout = 60_000 });
        await Expect(page.GetByTestId(testId).Locator("tbody tr").First).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"/studies/\d+")]
    private static partial Regex Study();

    [GeneratedRegex(@"/studies/\d+/results")]
    private static partial Regex Results();
}
