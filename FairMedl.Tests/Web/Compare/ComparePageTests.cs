using AngleSharp.Dom;
using Bunit;
using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Storage;
using FairMedl.Tests.Web.Results;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Compare;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Studies;
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
    public void Page_WithoutRuns_SaysWhatWillStandThere()
    {
        IRenderedComponent<ComparePage> page = Open();

        Assert.Contains("No run is chosen yet", page.Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".mud-table.report"));
    }

    [Fact]
    public void UnseenClusters_OpenOnFixedEffects_AndABetterHeadIsNamed()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,1.fair-adb-medl&split=unseen");

        Assert.True(page.Find("[data-testid=compare-head] input").HasAttribute("checked"));
        Assert.Empty(page.FindAll("[data-testid=other-head]"));
        page.FindAll("[data-testid=compare-head] input")[1].Change(true);
        Assert.StartsWith("On occupations not seen in training, MEDL (ME) may predict better without occupation effects", page.Find("[data-testid=other-head]").TextContent, StringComparison.Ordinal);
        Assert.Equal("/compare?runs=1.medl,1.fair-adb-medl&head=me&split=unseen", Written);
    }

    [Fact]
    public void Runs_AreAddedOneByOne()
    {
        IRenderedComponent<ComparePage> page = Open();
        page.Find("[data-testid=add-study]").Change("2");
        page.Find("[data-testid=add-model]").Change("medl");

        page.Find("[data-testid=add-run]").Click();
        Assert.Equal("/compare?runs=2.medl", Written);
        Assert.Contains("Nothing to compare with yet", page.Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid=add-run]").Click();
        Assert.Equal("/compare?runs=2.medl,2.nnet", Uri.UnescapeDataString(Written));
        Assert.NotEmpty(page.FindAll("[data-testid=runs-improvement]"));
    }

    [Fact]
    public void Baseline_OfAnotherRun_TurnsTheTableRound()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,1.fair-adb-medl");
        Assert.Contains("MEDL (ME) (baseline)", page.Find("[data-testid=runs-improvement] thead").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid='baseline-1.fair-adb-medl']").Change(true);

        Assert.Equal("/compare?runs=1.medl,1.fair-adb-medl&baseline=1.fair-adb-medl", Uri.UnescapeDataString(Written));
        Assert.Contains("Fair(ADB) MEDL (ME) (baseline)", page.Find("[data-testid=runs-improvement] thead").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("td.effect-worse"));
    }

    [Fact]
    public void Sentence_OfRunsOverOtherDataAlone_RanksNoneAndSaysWhy()
    {
        Assert.Matches("^For (age|race) the data cannot tell whether MEDL \\(ME\\), study 2 is fairer than MEDL \\(ME\\), study 1: .*other data than the baseline.s", Open("?runs=1.medl,2.medl").Find("[data-testid=compare-sentence]").TextContent);

        // A run of the baseline's own study is ranked as if the other were not there.
        string ranked = Open("?runs=1.medl,1.fair-adb-medl,2.medl").Find("[data-testid=compare-sentence]").TextContent;
        Assert.Contains("Fair(ADB) MEDL (ME)", ranked, StringComparison.Ordinal);
        Assert.DoesNotContain("study 2", ranked, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfOtherGroups_IsToldAndNotDrawnByGroup()
    {
        StudyResults results = Service.ResultsById[2];
        Service.ResultsById[2] = results with
        {
            Audits = [.. results.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(t => t with { Groups = [.. t.Groups.Select(g => g with { Group = g.Group + " of another file" })] })] } })],
        };
        IRenderedComponent<ComparePage> page = Open("?runs=1.nnet,1.medl,2.medl");
        Chart chart = page.FindComponents<ChartFigure>().Select(c => c.Instance.Chart).OfType<Chart>().Single(c => c.Title!.Contains("difference to", StringComparison.Ordinal));

        Assert.Single(chart.Traces);
        Assert.Contains("MEDL (ME), study 2", page.Find("[data-testid=not-by-group]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Removed_IsGoneFromPageAndAddress()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,1.fair-adb-medl,1.nnet");

        page.Find("[data-testid='remove-1.nnet']").Click();

        Assert.Equal("/compare?runs=1.medl,1.fair-adb-medl", Uri.UnescapeDataString(Written));
        Assert.Equal(2, page.FindAll("[data-testid=chosen-runs] tbody tr").Count);
    }

    [Fact]
    public async Task Choice_ThatComesBackAfterALaterOne_IsNotShown()
    {
        IRenderedComponent<ComparePage> page = Open();
        var slow = new TaskCompletionSource();
        Service.Held[1] = slow.Task;
        Navigation.NavigateTo(CompareAddress.Path + "?runs=1.medl");
        Navigation.NavigateTo(CompareAddress.Path + "?runs=2.medl,2.nnet");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-testid=chosen-runs] tbody tr").Count));

        await page.InvokeAsync(slow.SetResult);
        await page.InvokeAsync(() => { });

        Assert.Equal(2, page.FindAll("[data-testid=chosen-runs] tbody tr").Count);
    }

    [Fact]
    public void OneModelOfTwoStudies_IsToldApartByNameAndStyle()
    {
        CompareChoice choice = Choose("?runs=1.medl,2.medl,1.nnet");

        Assert.Equal(["MEDL (ME), study 1", "MEDL (ME), study 2", "NNet"], choice.Runs.Select(r => r.Run.Name));
        Assert.Equal(3, choice.Runs.Select(r => r.Style.Color).Distinct().Count());
        Assert.Equal(FairMedl.Web.Components.Controls.SeriesStyle.OfModel("nnet"), choice.Runs[2].Style);
    }

    [Fact]
    public void Styles_OfManyRuns_AreAllDifferent()
    {
        RunKey[] runs = [.. Enumerable.Range(1, CompareAddress.MostRuns).Select(i => new RunKey(i, "medl"))];

        Assert.Equal(runs.Length, RunStyles.Of(runs).Distinct().Count());
        Assert.Equal(RunStyles.Of(runs), RunStyles.Of(runs));
    }

    [Fact]
    public void Run_ThatIsGone_IsToldAndTheOthersStay()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,99.medl,1.nothing,1.nnet");

        string[] left = [.. page.FindAll("[data-testid=left-out]").Select(l => l.TextContent)];
        Assert.Contains(left, l => l.Contains("Study 99 is gone", StringComparison.Ordinal));
        Assert.Contains(left, l => l.Contains("nothing has no finished fit in study 1", StringComparison.Ordinal));
        Assert.Equal(2, page.FindAll("[data-testid=chosen-runs] tbody tr").Count);
    }

    [Fact]
    public void Run_OfAnotherTask_IsLeftOutWithAWord()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,3.medl,1.nnet");

        Assert.Contains("predicts a number and the baseline does not", page.Find("[data-testid=left-out]").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll("[data-testid=chosen-runs] tbody tr").Count);
    }

    [Fact]
    public void Runs_OfDifferentData_AreNotPairedAndSaySo()
    {
        IRenderedComponent<ComparePage> page = Open("?runs=1.medl,2.fair-adb-medl");

        Assert.Contains("is not paired with the baseline: they rest on different data sets", page.Find("[data-testid=unpaired]").TextContent, StringComparison.Ordinal);
        IElement settings = page.Find("[data-testid=runs-settings]");
        Assert.Contains("Preset", settings.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Folds", settings.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?runs=1.medl,2.fair-adb-medl,1.nnet&head=fe&split=unseen&attribute=race&rate=fpr&spread=fpr_sd")]
    [InlineData("?runs=3.medl,3.nnet")]
    public void Exports_AreTheTablesThatAreShown(string query)
    {
        IRenderedComponent<ComparePage> page = Open(query);

        string[] shown = [.. page.FindAll(".mud-table.report").Select(t => string.Join("|", t.QuerySelectorAll("tbody td, tbody th").Select(c => c.TextContent[(c.QuerySelector(".arrow")?.TextContent.Length ?? 0)..])))];

        Assert.Equal(CompareTables.Of(Choose(query)).Select(t => string.Join("|", t.Rows.SelectMany(r => r).Select(c => c.Content))), shown);
        Assert.Contains(CompareTables.Report(Choose(query)).Sections[^1].Tables, t => t.Id == "runs-origin");
    }

    [Fact]
    public void Sentence_IsOfTheRunWithTheBestVerdict()
    {
        Assert.StartsWith("Fair(ADB) MEDL (ME) shows no clear change from MEDL (ME) for age: the spread of the true positive rate is 0.150 for MEDL (ME) and 0.130 ", CompareTables.Sentence(Choose("?runs=1.medl,1.nnet,1.fair-adb-medl&attribute=age")), StringComparison.Ordinal);
        Assert.StartsWith("MEDL (ME) shows no clear change from Fair(ADB) MEDL (ME) for ", CompareTables.Sentence(Choose("?runs=1.fair-adb-medl,1.medl")), StringComparison.Ordinal);
    }

    private CompareChoice Choose(string query) => new(CompareAddress.Parse(CompareAddress.Path + query), Service.ResultsById);
}
