using System.Text;
using Bunit;
using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using FairMedl.Tests.Storage;
using FairMedl.Tests.Studies;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Fields;
using FairMedl.Web.Datasets;
using FairMedl.Web.Scoring;
using FairMedl.Web.Services.Scoring;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FairMedl.Tests.Web.Scoring;

/// <summary>The page and the service behind it, over a stored study whose fits were really trained.</summary>
public sealed class ScorePageTests : ComponentContext
{
    private static readonly StudyDefinition Definition = SmallStudy.Definition("medl");
    private static readonly Lazy<FitResult[]> Fits = new(() =>
    {
        StudyPlan plan = StudyPlan.Create(Definition, SmallStudy.Table());
        return [.. plan.Fits.Select(f => plan.Run(TestCompute.Managed, f, null, CancellationToken.None))];
    });

    private readonly FakeStudyService studies = new();
    private TemporaryStorage storage = null!;
    private ScoringService service = null!;
    private int study;

    public override async Task InitializeAsync()
    {
        storage = await TemporaryStorage.CreateAsync();
        (study, IReadOnlyList<FitTicket> tickets) = await storage.Studies.QueueAsync(await storage.AddDatasetAsync(), "small", "{}", "00", [.. Fits.Value.Select(f => new NewFit(f.Key, 2))]);
        foreach ((FitTicket ticket, FitResult fit) in tickets.Zip(Fits.Value)) Assert.True(await storage.Fits.FinishAsync((await storage.Fits.ClaimAsync(ticket))!, fit));
        StudyDetail detail = FakeStudyService.Study(study, StudyState.Done, FitState.Done, FitState.Done, FitState.Done);
        studies.Studies.Add(detail with { Definition = Definition });
        var works = new StudyWorkCache(storage.Studies, new MemoryCatalogue(), new StudyPlanner(TestCompute.Choice));
        await works.KeepAsync(study, new StudyPlanner(TestCompute.Choice).Plan(Definition, SmallStudy.Table()));
        service = new ScoringService(TestCompute.Managed, studies, storage.TrainedModels, works, storage.Folder, NullLogger<ScoringService>.Instance);
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<IStudyService>(studies);
        Services.AddSingleton<IScoringService>(service);
        Services.AddOptions<UploadOptions>().Configure(o => o.MaxBytes = 100_000);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await service.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public void Page_TheStudysOwnFile_ShowsAWarning()
    {
        IRenderedComponent<ScorePage> page = Open();
        Upload(page, SmallStudy.Csv(600, 9, null));

        string warning = page.WaitForElement("[data-testid=score-recognised].caution", TimeSpan.FromSeconds(30)).TextContent;
        int seen = StudyPlan.Create(Definition, SmallStudy.Table()).Data.SeenRows.Length;
        Assert.StartsWith($"{seen} of the 600 rows with a target are identical", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FileWithATarget_IsPredictedAuditedAndReachableByItsAddress()
    {
        IRenderedComponent<ScorePage> page = Open();
        Assert.Equal("x1, x2, kind, sex, age, site", page.Find("[data-testid=score-columns]").TextContent);
        Upload(page, SmallStudy.Csv(80, 3, null));

        page.WaitForAssertion(() => Assert.StartsWith("80 of 80 rows predicted", page.Find("[data-testid=score-sentence]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Contains("averaged over 3 fits", page.Find("[data-testid=score-notes]").TextContent, StringComparison.Ordinal);
        Assert.Equal("True positive rate (TPR) by sex", page.Find("[data-testid=score-groups-chart] .chart-title").TextContent);
        Assert.Equal(3, Figures(page).Single(f => f.Instance.TestId == "score-disparities").Instance.Grid!.Panels.Count);
        await page.InvokeAsync(() => page.Find("[data-testid=score-groups]").TriggerEvent("ontoggle", EventArgs.Empty));
        await page.InvokeAsync(() => page.FindComponents<PillMenu<string>>().First(f => f.Instance.TestId == "score-attribute").Instance.Changed.InvokeAsync("age"));
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("h2"), h => h.TextContent == "Groups of age, clusters not seen in training"), TimeSpan.FromSeconds(30));

        AngleSharp.Dom.IElement recognised = page.Find("[data-testid=score-recognised]");
        Assert.StartsWith("None of the 80 rows with a target", recognised.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("caution", recognised.ClassName!, StringComparison.Ordinal);

        string link = page.Find("[data-testid=score-predictions]").GetAttribute("href")!;
        ScoringJob job = service.Find(link.Split('/')[4])!;
        Assert.Equal(81, (await File.ReadAllLinesAsync(job.Predictions!)).Length);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/studies/{study}/score?run={job.Id}");
        IRenderedComponent<ScorePage> again = Render<ScorePage>(p => p.Add(x => x.Id, study));
        Assert.Contains("80 of 80 rows", again.WaitForElement("[data-testid=score-sentence]", TimeSpan.FromSeconds(30)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_InvalidFile_ListsItsFaultsAndStoresNothing()
    {
        IRenderedComponent<ScorePage> page = Open();
        Upload(page, "y,site,sex,age,x1,x2,kind\nyes,s0,f,40,high,0.5,a\n");

        page.WaitForAssertion(() => Assert.Contains("must be numeric", page.Find("[data-testid=faults]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Contains("line 2", page.Find("[data-testid=faults]").TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(page.FindAll("[data-testid=score-result]"));
        Assert.Empty(Directory.GetFiles(Path.Combine(storage.Folder.FullPath, "incoming")));
    }

    [Fact]
    public void Page_AddressFromBeforeARestart_ShowsANotice()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/studies/{study}/score?run=abc");

        IRenderedComponent<ScorePage> page = Render<ScorePage>(p => p.Add(x => x.Id, study));
        Assert.Contains("keeps them only until it restarts", page.WaitForElement("[data-testid=score-gone]", TimeSpan.FromSeconds(30)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EmptyFile_IsRejectedBeforeTheUpload()
    {
        IRenderedComponent<ScorePage> page = Open();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("", "new.csv"));

        page.WaitForAssertion(() => Assert.Contains("The file is empty.", page.Find("[data-testid=faults]").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find("[data-testid=score-submit]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Page_StudyThatCannotScore_ShowsTheReasonInsteadOfTheForm()
    {
        studies.Studies[0] = studies.Studies[0] with { Definition = Definition with { Protocol = Definition.Protocol with { Probes = true } } };

        IRenderedComponent<ScorePage> page = Render<ScorePage>(p => p.Add(x => x.Id, study));

        Assert.Contains("confounding probes", page.WaitForElement("[data-testid=empty]", TimeSpan.FromSeconds(30)).TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=score-upload]"));
        Assert.Equal("The study no longer exists.", (await service.AvailabilityAsync(study + 1)).Obstacle);
    }

    [Fact]
    public async Task Availability_OfAStudyWithStoredModels_NamesThem()
    {
        ScoringAvailability available = await service.AvailabilityAsync(study);

        Assert.True(available.IsAvailable);
        Assert.Equal(["medl"], available.Models);
    }

    [Fact]
    public async Task Start_StudyOrModelThatCannotScore_FailsWithTheReason()
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("a\n1\n"));

        await Assert.ThrowsAsync<InputException>(() => service.StartAsync(study + 1, "medl", "a.csv", content, false, null));
        await Assert.ThrowsAsync<InputException>(() => service.StartAsync(study, "nnet", "a.csv", content, false, null));
    }

    private static IReadOnlyList<IRenderedComponent<ChartFigure>> Figures(IRenderedComponent<ScorePage> page) => page.FindComponents<ChartFigure>();

    private IRenderedComponent<ScorePage> Open()
    {
        IRenderedComponent<ScorePage> page = Render<ScorePage>(p => p.Add(x => x.Id, study));
        page.WaitForElement("[data-testid=score-upload]", TimeSpan.FromSeconds(30));
        return page;
    }

    private static void Upload(IRenderedComponent<ScorePage> page, string csv)
    {
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(csv, "new.csv"));
        page.Find("[data-testid=score-submit]").Click();
    }
}
