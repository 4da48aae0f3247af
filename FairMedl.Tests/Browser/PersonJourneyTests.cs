using System.Text.RegularExpressions;
using FairMedl.Core.Experiments.Sample;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace FairMedl.Tests.Browser;

/// <summary>From a finished study to one person, and to the rows of another file.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class PersonJourneyTests(RunningApp app)
{
    [BrowserFact]
    public async Task APerson_FoundChangedAndReloaded_IsTheSame()
    {
        List<string> errors = [];
        IPage page = await ResultsAsync(errors);
        await page.GetByTestId("a-person").ClickAsync();
        await page.GetByTestId("person-outcome").SelectOptionAsync("false-negative");
        await Expect(page).ToHaveURLAsync(FalseNegative());
        await page.GetByTestId("person-random").ClickAsync();
        await Expect(page.GetByTestId("person")).ToContainTextAsync("false negative by Fair(ADB) MEDL (ME)");
        await page.GetByTestId("person-next").ClickAsync();

        // Nobody with such an income is refused.
        await page.GetByTestId("value-income").FillAsync("250000");
        await page.GetByTestId("value-income").PressAsync("Tab");
        await Expect(page.GetByTestId("person-flips")).ToContainTextAsync("4 of 4 decisions change");
        await page.ReloadAsync();
        await Expect(page.GetByTestId("person-flips")).ToContainTextAsync("income to 250000: 4 of 4 decisions change");

        // A neighbour is a click away.
        await page.GetByTestId("person-near").GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.GetByTestId("person-flips")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("person")).ToBeVisibleAsync();
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task NewData_Uploaded_IsPredictedAuditedAndDownloaded()
    {
        List<string> errors = [];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fairmedl");
        try
        {
            string file = Path.Combine(folder.FullName, "applications.csv");
            await using (StreamWriter csv = File.CreateText(file)) SampleStudy.WriteCsv(csv, rows: 1000);
            IPage page = await ResultsAsync(errors);
            await page.GetByTestId("score-new-data").ClickAsync();
            await RunningApp.ChooseFileAsync(page, "score-upload", file);
            await page.GetByTestId("score-submit").ClickAsync();

            await Expect(page.GetByTestId("score-sentence")).ToContainTextAsync("1,000 of 1,000 rows predicted", new() { Timeout = 60_000 });
            await Expect(page.GetByTestId("score-notes")).ToContainTextAsync("weighted by the cluster predictor");
            await Expect(page.GetByTestId("groups-sex-seen")).ToBeVisibleAsync();
            await page.GetByTestId("score-attribute").SelectOptionAsync("ethnicity");
            await Expect(page.GetByTestId("groups-ethnicity-seen")).ToBeVisibleAsync();
            IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("score-predictions").ClickAsync());
            string saved = Path.Combine(folder.FullName, "predictions.csv");
            await download.SaveAsAsync(saved);
            Assert.Equal(1001, (await File.ReadAllLinesAsync(saved)).Length);
            Assert.Equal("applications-predictions.csv", download.SuggestedFilename);
            Assert.Empty(errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The sample's results; the first test that needs them waits for its fits.</summary>
    private async Task<IPage> ResultsAsync(List<string> errors)
    {
        IPage page = await app.OpenAsync("/", errors);
        await page.GetByTestId("try-sample").ClickAsync();
        await Expect(page).ToHaveURLAsync(AnyStudy(), new() { Timeout = 30_000 });
        if (!page.Url.EndsWith("/results", StringComparison.Ordinal))
        {
            await Expect(page.GetByTestId("study-state").First).ToContainTextAsync("done", new() { Timeout = 180_000 });
            await page.GetByTestId("see-results").ClickAsync();
        }

        await Expect(page.GetByTestId("results-sentence")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        return page;
    }

    [GeneratedRegex(@"/studies/\d+(/results)?$")]
    private static partial Regex AnyStudy();

    [GeneratedRegex("outcome=false-negative")]
    private static partial Regex FalseNegative();
}
