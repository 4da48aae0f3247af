using System.Globalization;
using System.Text.RegularExpressions;
using FairMedl.Core.Studies.Sample;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace FairMedl.Tests.Browser;

/// <summary>From a finished study to one row, and to the rows of another file.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class IndividualJourneyTests(RunningApp app)
{
    [BrowserFact]
    public async Task IndividualPage_RowFoundChangedAndReloaded_KeepsItsState()
    {
        List<string> errors = [];
        IPage page = await ResultsAsync(errors);
        await page.GetByTestId("a-person").ClickAsync();
        await page.SelectAsync("person-outcome", "False negative");
        await Expect(page).ToHaveURLAsync(FalseNegative());
        await page.GetByTestId("person-random").ClickAsync();
        await Expect(page.GetByTestId("person")).ToContainTextAsync("Fair(ADB) MEDL (ME) predicts not approved, a false negative.");
        string first = await page.GetByTestId("person-row").InputValueAsync();
        await page.GetByTestId("person-next").ClickAsync();
        // A value typed before the next row is shown would change the one before.
        await Expect(page.GetByTestId("person-row")).Not.ToHaveValueAsync(first);
        await Expect(page.GetByTestId("person")).Not.ToContainTextAsync("Row " + int.Parse(first, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture) + ",");

        // Such an income turns a no into a yes.
        await page.GetByTestId("value-income").FillAsync("250000");
        await page.GetByTestId("value-income").PressAsync("Tab");
        await Expect(page.GetByTestId("person-flips")).ToContainTextAsync(Decisions());
        await page.ReloadAsync();
        await Expect(page.GetByTestId("person-flips")).ToContainTextAsync(Decisions());

        // A neighbour is a click away.
        await page.GetByTestId("person-near-fold").Locator("summary").ClickAsync();
        await page.GetByTestId("person-near").GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.GetByTestId("person-flips")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("person")).ToBeVisibleAsync();
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task NewData_Uploaded_CanBePredictedAuditedAndDownloaded()
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
            await page.GetByTestId("score-groups").Locator("summary").First.ClickAsync();
            await Expect(page.GetByTestId("groups-sex-seen")).ToBeVisibleAsync();
            await page.ChooseAsync("score-attribute", "ethnicity");
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

    /// <summary>The sample's results; the first test that needs them waits until they are computed.</summary>
    private async Task<IPage> ResultsAsync(List<string> errors)
    {
        IPage page = await app.OpenAsync("/", errors);
        await Expect(page.GetByTestId("try-sample")).ToHaveTextAsync("Open the sample", new() { Timeout = 180_000 });
        await page.GetByTestId("try-sample").ClickAsync();
        await Expect(page.GetByTestId("results-sentence")).ToBeVisibleAsync();
        return page;
    }

    [GeneratedRegex(@"income set to 250000, [1-9] of \d predicted outcomes change")]
    private static partial Regex Decisions();

    [GeneratedRegex("outcome=false-negative")]
    private static partial Regex FalseNegative();
}
