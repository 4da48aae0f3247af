using Microsoft.Playwright;
using Xunit;

namespace FairMedl.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class StartPageTests(RunningApp app)
{
    [BrowserFact]
    public async Task Start_InABrowser_IsConnectedAndWithoutErrors()
    {
        List<string> errors = [];
        IPage page = await app.OpenAsync("/", errors);

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => window.Blazor !== undefined");
        Assert.Empty(errors);
    }
}
