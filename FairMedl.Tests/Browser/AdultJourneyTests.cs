using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace FairMedl.Tests.Browser;

/// <summary>The whole way of a person with a file: upload, roles, study, queue, results, export.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class AdultJourneyTests(RunningApp app)
{
    private const string Adult = "adult/adult.csv";

    private static readonly (string Column, string Role)[] Roles =
    [
        ("income", "Target"), ("occupation", "Cluster"),
        ("age", "Sensitive"), ("sex", "Sensitive"), ("race", "Sensitive"), ("marital-status", "Sensitive"),
        ("workclass", "Feature"), ("education-num", "Feature"), ("relationship", "Feature"), ("hours-per-week", "Feature"), ("native-country", "Feature"),
        ("fnlwgt", "Ignored"), ("education", "Ignored"), ("capital-gain", "Ignored"), ("capital-loss", "Ignored"),
    ];

    [BrowserFact(Adult)]
    public async Task Adult_FromUploadToExport_Succeeds()
    {
        List<string> errors = [];
        IPage page = await app.OpenAsync("/datasets", errors);

        await RunningApp.ChooseFileAsync(page, "upload-file", SharedData.Path(Adult));
        await page.GetByTestId("upload-submit").ClickAsync();
        await Expect(page.GetByTestId("dataset-rows")).ToContainTextAsync("32,561", new() { Timeout = 60_000 });
        await page.GetByTestId("set-roles").ClickAsync();

        foreach ((string column, string role) in Roles) await page.SelectAsync($"role-{column}", role);
        await page.GetByTestId("seen-by-count").CheckAsync();
        await page.GetByTestId("seen-count").FillAsync("6");
        await page.GetByTestId("seen-count").BlurAsync();
        await Expect(page.GetByTestId("target-sentence")).ToContainTextAsync(">50K");
        await Expect(page.GetByTestId("seen-result")).ToContainTextAsync("23,0");
        await Expect(page.GetByTestId("groups-race")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("roles-continue")).ToBeEnabledAsync();
        await page.GetByTestId("roles-continue").ClickAsync();

        await Expect(page.GetByTestId("study-name")).ToBeVisibleAsync();
        await page.GetByTestId("model-medl").SetCheckedAsync(true);
        await page.GetByTestId("model-fair-adb-medl").SetCheckedAsync(true);
        await page.GetByTestId("model-nnet").SetCheckedAsync(false);
        await page.GetByTestId("preset-paper").CheckAsync();
        await page.GetByTestId("quick-look").SetCheckedAsync(false);
        await page.GetByLabel("Folds", new() { Exact = true }).FillAsync("2");
        await page.GetByTestId("advanced").Locator("summary").ClickAsync();
        await page.GetByTestId("hyperparameter-epochs").FillAsync("3");
        await page.GetByTestId("hyperparameter-epochs").BlurAsync();
        await page.GetByTestId("queue-study").ClickAsync();

        await Expect(page).ToHaveURLAsync(Study());
        await Expect(page.GetByTestId("fit-grid")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("study-state").First).ToContainTextAsync("done", new() { Timeout = 180_000 });
        await Expect(page.GetByTestId("study-progress")).ToContainTextAsync("all 4 fits are done");
        await page.GetByTestId("see-results").ClickAsync();

        await Expect(page.GetByTestId("results-sentence")).ToContainTextAsync("Fair(ADB) MEDL");
        await Expect(page.GetByTestId("verdict-marital-status")).ToContainTextAsync("TPR SD");
        await Expect(page.GetByTestId("disparities").Locator(".main-svg").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("export-tex").ClickAsync());
        string latex = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.EndsWith(".tex", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains(@"\begin{tabular}", latex, StringComparison.Ordinal);
        Assert.Contains("marital{-}status", latex, StringComparison.Ordinal);
        Compile(latex);
        Assert.Empty(errors);
    }

    [BrowserFact(Adult)]
    public async Task Adult_FromTheStartToItsResults_TakesSevenClicks()
    {
        List<string> errors = [];
        IPage page = await app.OpenAsync("/", errors);
        int clicks = 0;

        await ClickAsync("to-upload");
        clicks++; // The choice of the file.
        await RunningApp.ChooseFileAsync(page, "upload-file", SharedData.Path(Adult));
        await ClickAsync("upload-submit");
        await ClickAsync("set-roles");
        await ClickAsync("roles-continue");
        await ClickAsync("queue-study");
        await ClickAsync("see-results");

        await Expect(page.GetByTestId("results-sentence")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Equal(7, clicks);
        Assert.Empty(errors);

        async Task ClickAsync(string control)
        {
            clicks++;
            await page.GetByTestId(control).ClickAsync(new() { Timeout = 120_000 });
        }
    }

    /// <summary>The file as it was downloaded, where this machine has pdflatex; ReportFormatTests says so where it has not.</summary>
    private static void Compile(string latex)
    {
        if (!File.Exists("/usr/bin/pdflatex")) return;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fairmedl");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "shown.tex"), latex);
            (int exit, string output) = ProgramFactAttribute.Run("/usr/bin/pdflatex", ["-interaction=nonstopmode", "-halt-on-error", "shown.tex"], folder.FullName);
            Assert.True(exit == 0, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"/studies/\d+$")]
    private static partial Regex Study();
}
