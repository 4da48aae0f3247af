using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace FairMedl.Tests.Browser;

/// <summary>Charts on a slow connection: the page changes before Plotly's script has arrived, or the script does not load.</summary>
[Collection(BrowserTests.Name)]
public sealed class ChartScriptTests(RunningApp app)
{
    private const string Script = "**/plotly-basic*.js";

    [BrowserFact]
    public async Task Charts_RemovedBeforeTheScriptArrives_DoNotStopLaterOnes()
    {
        List<string> errors = [];
        var requested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IPage page = await SampleAsync(errors);
        await page.RouteAsync(Script, async route =>
        {
            requested.TrySetResult();
            await released.Task;
            await route.ContinueAsync();
        });

        await page.GetByTestId("try-sample").ClickAsync();
        await Expect(page.GetByTestId("disparities")).ToBeVisibleAsync();
        await requested.Task.WaitAsync(TimeSpan.FromSeconds(30));
        (string Part, string Chart) compare = ("compare", "scatter"), training = ("training", "training-curves");
        foreach ((string part, string chart) in new[] { compare, training, compare, training })
        {
            await page.GetByTestId($"part-{part}").ClickAsync();
            await Expect(page.GetByTestId(chart).First).ToBeVisibleAsync();
        }

        Assert.Equal(0, await page.Locator(".main-svg").CountAsync());
        released.SetResult();

        await ExpectDrawnAsync(page, "training-curves");
        await page.GetByTestId("part-compare").ClickAsync();
        await ExpectDrawnAsync(page, "scatter");
        await page.GetByTestId("a-person").ClickAsync();
        await page.GetByTestId("person-random").ClickAsync();
        await ExpectDrawnAsync(page, "person-chart");
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task Charts_WhoseScriptDoesNotLoad_SaySo_AndLaterOnesAreDrawn()
    {
        List<string> errors = [];
        IPage page = await SampleAsync(errors);
        await page.RouteAsync(Script, route => route.AbortAsync());
        await page.GetByTestId("try-sample").ClickAsync();
        ILocator message = page.GetByTestId("disparities").GetByRole(AriaRole.Alert);
        await Expect(message).ToContainTextAsync("did not load");

        await page.UnrouteAsync(Script);
        await page.GetByTestId("part-compare").ClickAsync();
        await ExpectDrawnAsync(page, "scatter");
        Assert.All(errors, e => Assert.Contains("Failed to load resource", e, StringComparison.Ordinal));
    }

    private async Task<IPage> SampleAsync(List<string> errors)
    {
        IPage page = await app.OpenAsync("/", errors);
        await Expect(page.GetByTestId("try-sample")).ToHaveTextAsync("Open the sample", new() { Timeout = 180_000 });
        return page;
    }

    private static Task ExpectDrawnAsync(IPage page, string chart) =>
        Expect(page.GetByTestId(chart).Locator(".main-svg").First).ToBeVisibleAsync();
}
