using AngleSharp.Dom;
using Bunit;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Tests.Reports;
using FairMedl.Tests.Web.Results;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Compare;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Components.Fields;
using FairMedl.Web.Services.Studies;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Plotly.Blazor.Traces.ScatterLib;
using Xunit;

namespace FairMedl.Tests.Web.Compare;

public sealed class ComparePageTests : StudyPages
{
    private readonly AddressScript address;

    public ComparePageTests()
    {
        address = new AddressScript(JSInterop);
        foreach (int id in new[] { 1, 2, 3 })
        {
            StudyDetail study = FakeStudyService.Study(id, StudyState.Done, FitState.Done);
            Service.Studies.Add(study with { Summary = study.Summary with { Models = ["nnet", "medl", "fair-adb-medl"] } });
        }

        StudyResults results = SampleResults.Create();
        Service.ResultsById[1] = results;
        Service.ResultsById[2] = results with { Header = results.Header with { DataHash = "other", Definition = results.Header.Definition with { Name = "The other", Preset = "recommended" } } };
        Service.ResultsById[3] = SampleResults.Create(PredictionTask.Regression);
    }

    private string Written => address.Last;

    private IRenderedComponent<ComparePage> Open(string query = "")
    {
        Navigation.NavigateTo(CompareAddress.Path + query);
        return Render<ComparePage>();
    }

    [Fact]
    public void Page_WithoutRuns_SaysWhatAppearsThere()
    {
        IRenderedComponent<ComparePage> page = Open();

        Assert.Contains("No runs selected", page.Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".mud-table.report"));
    }

    [Fact]
    public async Task Spreads_OfAllRuns_CountTheSameGroups()
    {
        Service.ResultsById[1] = SampleStudy.Classification();
        Service.ResultsById[2] = SampleStudy.Classification().Counting(CountedGroups.Large);
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,2.fair-adb-medl");

        Assert.Equal(CountedGroups.All, Pill<CountedGroups>(page, "compare-counted").Value);
        Assert.Empty(page.FindAll("[data-testid=groups-left-out]"));
        await page.InvokeAsync(() => Pill<CountedGroups>(page, "compare-counted").Changed.InvokeAsync(CountedGroups.Large));
        Assert.Contains("(0 positives) from TPR SD", page.Find("[data-testid=groups-left-out]").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("&count=large", Written, StringComparison.Ordinal);

        page = Open("?runs=1.medl,2.fair-adb-medl&baseline=2.fair-adb-medl");
        Assert.Equal(CountedGroups.Large, Pill<CountedGroups>(page, "compare-counted").Value);
        Assert.NotEmpty(page.FindAll("[data-testid=groups-left-out]"));
    }

    [Fact]
    public async Task UnseenClusters_OpenOnFixedEffects_AndABetterHeadIsNamed()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,1.fair-adb-medl&split=unseen");

        Assert.Equal(Head.FixedEffects, Pill<Head>(page, "compare-head").Value);
        Assert.Empty(page.FindAll("[data-testid=other-head]"));
        await page.InvokeAsync(() => Pill<Head>(page, "compare-head").Changed.InvokeAsync(Head.MixedEffects));
        Assert.StartsWith("On occupations not seen in training, MEDL", page.Find("[data-testid=other-head]").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("/compare?runs=1.medl,1.fair-adb-medl&head=me&split=unseen", Written);
    }

    [Fact]
    public async Task Runs_PickedInTheDialog_AreAddedTogether()
    {
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<ComparePage> page = Open("?runs=2.medl");
        Assert.Contains("Nothing to compare yet", page.Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("[data-testid=add-runs]").Click());
        Assert.True(Box(dialogs, "pick-2.medl").Disabled);
        Assert.True(dialogs.Find("[data-testid=add-run]").HasAttribute("disabled"));
        await dialogs.InvokeAsync(() => Box(dialogs, "pick-2.nnet").ValueChanged.InvokeAsync(true));
        await dialogs.InvokeAsync(() => Box(dialogs, "pick-1.medl").ValueChanged.InvokeAsync(true));
        await dialogs.InvokeAsync(() => dialogs.Find("[data-testid=add-run]").Click());

        page.WaitForAssertion(() => Assert.Equal("/compare?runs=2.medl,2.nnet,1.medl", Uri.UnescapeDataString(Written)));
        Assert.Equal(3, page.FindAll("[data-testid=chosen-runs] li").Count);
    }

    [Fact]
    public async Task Picker_AtTheLimit_OffersNoMore()
    {
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        RunKey[] chosen = [.. Enumerable.Range(10, CompareAddress.MostRuns - 1).Select(i => new RunKey(i, "medl"))];
        var parameters = new DialogParameters<RunPicker> { { p => p.Studies, [.. Service.Studies.Select(s => s.Summary)] }, { p => p.Chosen, chosen } };
        await dialogs.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<RunPicker>("Add runs", parameters));

        await dialogs.InvokeAsync(() => Box(dialogs, "pick-2.nnet").ValueChanged.InvokeAsync(true));

        Assert.True(Box(dialogs, "pick-1.nnet").Disabled);
        Assert.False(Box(dialogs, "pick-2.nnet").Disabled);
    }

    [Fact]
    public async Task Baseline_OfAnotherRun_TurnsTheVerdictsRound()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,1.fair-adb-medl");
        Assert.Equal("Compared with MEDL (ME)", page.Find("[data-testid=compare-verdicts] thead th").TextContent);

        PillMenu<ShownRun> baseline = Pill<ShownRun>(page, "compare-baseline");
        await page.InvokeAsync(() => baseline.Changed.InvokeAsync(baseline.Options[1]));

        // Writing the address makes the page follow it, which shows the same runs once more.
        page.WaitForAssertion(() =>
        {
            Assert.Equal("/compare?runs=1.medl,1.fair-adb-medl&baseline=1.fair-adb-medl", Uri.UnescapeDataString(Written));
            Assert.Equal("Compared with Fair(ADB) MEDL (ME)", page.Find("[data-testid=compare-verdicts] thead th").TextContent);
        });
        Assert.Contains("Fair(ADB) MEDL (ME) (baseline)", Opened(page, "runs-improvement-table").QuerySelector("thead")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OfRunsOverOtherDataAlone_ClaimsNothing()
    {
        string alone = Open("?runs=1.medl,2.medl").Find("[data-testid=compare-sentence]").TextContent;
        Assert.DoesNotContain("clearly fairer", alone, StringComparison.Ordinal);
        Assert.Contains("other data", alone, StringComparison.Ordinal);

        // A run of the baseline's own study is ranked as if the other were not there.
        string ranked = Open("?runs=1.medl,1.fair-adb-medl,2.medl").Find("[data-testid=compare-sentence]").TextContent;
        Assert.Contains("Fair(ADB) MEDL (ME)", ranked, StringComparison.Ordinal);
        Assert.DoesNotContain("study 2", ranked, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfOtherGroups_IsNamedAndNotDrawnByGroup()
    {
        StudyResults results = Service.ResultsById[2];
        Service.ResultsById[2] = results with
        {
            Audits = [.. results.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(t => t with { Groups = [.. t.Groups.Select(g => g with { Group = g.Group + " of another file" })] })] } })],
        };
        IRenderedComponent<ComparePage> page = Open("?runs=1.nnet,1.medl,2.medl");
        Chart chart = page.FindComponents<ChartFigure>().Select(c => c.Instance.Chart).OfType<Chart>().Single(c => c.Title.EndsWith(" by age", StringComparison.Ordinal));

        Assert.Equal(["NNet", "MEDL (ME), study 1"], chart.Traces.OfType<DotTrace>().Select(t => t.Name).Distinct());
        Assert.Contains("MEDL (ME), study 2", page.Find("[data-testid=not-by-group]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfOneOtherGroup_IsLeftOutByGroup_AndTheReferenceIsTheBaselines()
    {
        StudyResults results = Service.ResultsById[2];
        string[] own = [.. results.Audits[0].Audit.Attributes.Single(t => t.Attribute == "age").Groups.Select(g => g.Group)];
        Service.ResultsById[2] = results with
        {
            Audits = [.. results.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(t => t with { Groups = [.. t.Groups.Select(g => g.Group == own[^1] ? g with { Group = "other bin", N = 1_000_000 } : g)] })] } })],
        };
        CompareChoice choice = Choose("?runs=1.nnet,2.medl,1.medl");

        Assert.Equal([("MEDL (ME), study 2", "other groups of age than the baseline's")], CompareCharts.WithoutGroups(choice, "age").Select(w => (w.Run.Run.Name, w.Reason)));
        IReadOnlyList<ChartRow> rows = CompareCharts.Groups(choice, "age").Y.Rows!;
        Assert.Equal(own, rows.Select(r => r.Name));
        Assert.Single(rows, r => r.Detail!.EndsWith("reference", StringComparison.Ordinal));
    }

    [Fact]
    public void Verdict_OverOtherData_GivesTheReason()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,2.medl");

        string[] cells = [.. page.FindAll("[data-testid=compare-verdicts] tbody td").Select(c => c.TextContent)];
        Assert.NotEmpty(cells);
        Assert.All(cells, c => Assert.Contains("→ – (other data than the baseline's)", c, StringComparison.Ordinal));
    }

    [Fact]
    public void Caption_CountsFoldsAndRowsOnlyWhereAllRunsAgree()
    {
        StudyResults other = Service.ResultsById[2];
        StudyDefinition definition = other.Header.Definition;
        Assert.Contains("10 folds, one seed", Caption("?runs=1.medl,2.medl"), StringComparison.Ordinal);

        Service.ResultsById[2] = other with { Header = other.Header with { Definition = definition with { Protocol = definition.Protocol with { Folds = 5 } } } };

        string caption = Caption("?runs=1.medl,2.medl");
        Assert.DoesNotContain("folds, one seed", caption, StringComparison.Ordinal);
        Assert.EndsWith("Runs differ in folds, seeds or rows: see Settings that differ.", caption, StringComparison.Ordinal);

        string Caption(string query) => Open(query).FindComponents<ChartFigure>().Single(f => f.Instance.TestId == "compare-disparities").Instance.Caption!;
    }

    [Fact]
    public void Run_Removed_IsGoneFromPageAndAddress_UntilUndone()
    {
        IRenderedComponent<MudSnackbarProvider> snackbars = Render<MudSnackbarProvider>();
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,1.fair-adb-medl,1.nnet");

        page.Find("[data-testid='remove-1.nnet']").Click();

        Assert.Equal("/compare?runs=1.medl,1.fair-adb-medl", Uri.UnescapeDataString(Written));
        Assert.Equal(2, page.FindAll("[data-testid=chosen-runs] li").Count);
        snackbars.WaitForAssertion(() => Assert.Contains("NNet was removed", snackbars.Markup, StringComparison.Ordinal));
        snackbars.FindAll("button").First(b => b.TextContent.Trim() == "Undo").Click();
        page.WaitForAssertion(() => Assert.Equal("/compare?runs=1.medl,1.fair-adb-medl,1.nnet", Uri.UnescapeDataString(Written)));
    }

    [Fact]
    public async Task Choice_ThatComesBackAfterALaterOne_IsNotShown()
    {
        IRenderedComponent<ComparePage> page = Open();
        var slow = new TaskCompletionSource();
        Service.Held[1] = slow.Task;
        Navigation.NavigateTo(CompareAddress.Path + "?runs=1.medl");
        Navigation.NavigateTo(CompareAddress.Path + "?runs=2.medl,2.nnet");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-testid=chosen-runs] li").Count));

        await page.InvokeAsync(slow.SetResult);
        await page.InvokeAsync(() => { });

        Assert.Equal(2, page.FindAll("[data-testid=chosen-runs] li").Count);
    }

    [Fact]
    public void OneModelOfTwoStudies_IsToldApartByNameAndStyle()
    {
        CompareChoice choice = Choose("?runs=1.medl,2.medl,1.nnet");

        Assert.Equal(["MEDL (ME), study 1", "MEDL (ME), study 2", "NNet"], choice.Runs.Select(r => r.Run.Name));
        Assert.Equal(3, choice.Runs.Select(r => r.Style.Color).Distinct().Count());
        Assert.Equal(SeriesStyle.OfModel("nnet"), choice.Runs[2].Style);
    }

    [Fact]
    public void Styles_OfAModel_AreItsOwn_AndTheSecondRunHasNoOtherModels()
    {
        IReadOnlyList<SeriesStyle> styles = RunStyles.Of([new(2, "medl"), new(1, "medl"), new(1, "fair-adb-medl")]);

        Assert.Equal([SeriesStyle.OfModel("medl"), SeriesStyle.OfModel("fair-adb-medl")], [styles[0], styles[2]]);
        string[] models = ["nnet", "nnet-cluster", "fair-adb-nnet", "da", "fair-adb-da", "fair-acl-da", "medl", "fair-adb-medl"];
        Assert.All(models.Select(SeriesStyle.OfModel), own => Assert.NotEqual((own.Color, own.Symbol), (styles[1].Color, styles[1].Symbol)));
    }

    [Fact]
    public void Styles_OfManyRuns_AreAllDifferent()
    {
        RunKey[] runs = [.. Enumerable.Range(1, CompareAddress.MostRuns).Select(i => new RunKey(i, "medl"))];

        Assert.Equal(runs.Length, RunStyles.Of(runs).Distinct().Count());
        Assert.Equal(RunStyles.Of(runs), RunStyles.Of(runs));
    }

    [Fact]
    public void Run_OfADeletedStudy_IsNamedAndTheOthersStay()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,99.medl,1.nothing,1.nnet");

        string[] left = [.. page.FindAll("[data-testid=left-out]").Select(l => l.TextContent)];
        Assert.Contains(left, l => l.Contains("Study 99 was deleted", StringComparison.Ordinal));
        Assert.Contains(left, l => l.Contains("nothing has no finished fit in study 1", StringComparison.Ordinal));
        Assert.Equal(2, page.FindAll("[data-testid=chosen-runs] li").Count);
    }

    [Fact]
    public void Runs_OfDifferentEngines_SaySo()
    {
        ComputeOrigin managed = new("managed", "managed engine", "0.1.0", "cpu", null, 256), torch = new("torchsharp", "TorchSharp", "0.107.0", "cuda:0", "H100", null);
        StudyResults results = Service.ResultsById[1];
        Service.ResultsById[1] = results with { Header = results.Header with { Origins = [managed], Device = managed.Description } };
        Assert.Empty(Open("?runs=1.medl,1.nnet").FindAll("[data-testid=other-engines]"));

        Service.ResultsById[2] = results with { Header = results.Header with { Origins = [torch], Device = torch.Description } };
        string said = Open("?runs=1.medl,2.medl").Find("[data-testid=other-engines]").TextContent;
        Assert.Contains("different engines or devices", said, StringComparison.Ordinal);
        Assert.Contains("cpu (managed engine 0.1.0, 256-bit vectors)", said, StringComparison.Ordinal);
        Assert.Contains("cuda:0 (H100, TorchSharp 0.107.0)", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfAnotherTask_IsLeftOutWithAReason()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,3.medl,1.nnet");

        Assert.Contains("predicts a number and the baseline does not", page.Find("[data-testid=left-out]").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll("[data-testid=chosen-runs] li").Count);
    }

    [Fact]
    public void Runs_OfDifferentData_AreNotPairedAndSaySo()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,2.fair-adb-medl");

        Assert.Contains("is not paired with the baseline", Opened(page, "evidence-2.fair-adb-medl").QuerySelector("[data-testid=unpaired]")!.TextContent, StringComparison.Ordinal);
        IElement settings = Opened(page, "settings-table");
        Assert.Contains("Preset", settings.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Folds", settings.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?runs=1.medl,2.fair-adb-medl,1.nnet&head=fe&split=unseen&attribute=race&rate=fpr&spread=fpr_sd")]
    [InlineData("?runs=3.medl,3.nnet")]
    public void Exports_AreTheTablesThatAreShown(string query)
    {
        IRenderedComponent<ComparePage> page = Open(query);

        foreach (string fold in page.FindAll("details").Select(d => d.GetAttribute("data-testid")).OfType<string>().ToArray()) Opened(page, fold);
        for (int i = 0; i < page.FindAll("details.chart-table").Count; i++) page.FindAll("details.chart-table")[i].TriggerEvent("ontoggle", EventArgs.Empty);
        string[] shown = [.. page.FindAll(".mud-table.report").Select(t => t.GetAttribute("data-testid")!).Distinct()];

        Assert.Equal(CompareTables.Of(Choose(query)).Select(t => t.Id).Append("runs-origin").Order(), shown.Order());
        Assert.Contains(CompareTables.Report(Choose(query)).Sections[^1].Tables, t => t.Id == "runs-origin");
    }

    [Fact]
    public void Sentence_SpeaksOfTheRunWithTheBestVerdict()
    {
        CompareChoice choice = Choose("?runs=1.medl,1.nnet,1.fair-adb-medl&attribute=age");
        string sentence = CompareTables.Sentence(choice).ToString();

        Assert.StartsWith(StudySentence.Parts(choice.Comparisons.First(c => c.Compared.Model == "fair-adb-medl"), "age", choice.Spread.Id).ToString(), sentence, StringComparison.Ordinal);
        Assert.Contains("Fair(ADB) MEDL (ME)", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Scatter_ADominatedRun_HasItsNameOnTheOtherSideOfTheFront()
    {
        Chart chart = CompareCharts.Scatter(Choose("?runs=1.medl,1.nnet,1.fair-adb-medl&attribute=age"));
        string[] front = [.. chart.Traces.OfType<ScatterTrace>().Where(t => t.LabelPosition == TextPositionEnum.TopLeft).Select(t => t.Name)];

        Assert.All(chart.Traces.OfType<ScatterTrace>(), t => Assert.True(t.LabelPosition is TextPositionEnum.TopLeft or TextPositionEnum.BottomRight));
        Assert.Contains("Fair(ADB) MEDL (ME)", front);
    }

    [Fact]
    public void Attribute_OfNone_ShowsAllTheWidestFirst()
    {
        Assert.Equal(["age", "race"], Choose("?runs=1.medl,1.nnet").Shown);
        Assert.Equal(["race"], Choose("?runs=1.medl,1.nnet&attribute=race").Shown);
        Assert.True(Choose("?runs=1.medl,1.nnet&attribute=shoe").IsAll);
    }

    private static PillMenu<T> Pill<T>(IRenderedComponent<ComparePage> page, string testId)
        where T : notnull => page.FindComponents<PillMenu<T>>().Select(p => p.Instance).First(p => p.TestId == testId);

    private static MudCheckBox<bool> Box(IRenderedComponent<MudDialogProvider> dialogs, string testId) =>
        dialogs.FindComponents<MudCheckBox<bool>>().Select(b => b.Instance).First(b => Equals(b.UserAttributes["data-testid"], testId));

    private static IElement Opened(IRenderedComponent<ComparePage> page, string fold)
    {
        page.Find($"details[data-testid='{fold}']").TriggerEvent("ontoggle", EventArgs.Empty);
        return page.Find($"details[data-testid='{fold}']");
    }

    private CompareChoice Choose(string query) => new(CompareAddress.Parse(CompareAddress.Path + query), Service.ResultsById);
}
