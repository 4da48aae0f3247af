using FairMedl.Core.Reports.Writers;
using FairMedl.Tests.Web.Results;
using Microsoft.Playwright;
using Xunit;

namespace FairMedl.Tests.Browser;

/// <summary>The HTML report, opened from a file without the server.</summary>
[Collection(BrowserTests.Name)]
public sealed class ReportTests(RunningApp app)
{
    [BrowserFact]
    public async Task HtmlReport_Offline_ShowsItsFiguresAndSendsNoRequests()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".html");
        try
        {
            await using (StreamWriter file = File.CreateText(path)) ReportHtml.Write(SampleResults.Create(), file);
            List<string> errors = [];
            IPage page = await app.OpenFileAsync(path, errors);

            Assert.True(await page.Locator("figure svg").First.IsVisibleAsync());
            Assert.True(await page.Locator("table").CountAsync() > 5);
            Assert.Equal(0, await page.EvaluateAsync<int>("() => performance.getEntriesByType('resource').length"));
            Assert.True((await page.PdfAsync(new() { PreferCSSPageSize = true })).Length > 20_000);
            Assert.Empty(errors);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
