using AngleSharp.Dom;
using Bunit;
using FairMedl.Core.Data;
using FairMedl.Core.Reports;
using FairMedl.Core.Storage;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Results;
using FairMedl.Web.Studies;
using Xunit;

namespace FairMedl.Tests.Web.Results;

public sealed class ResultsPageTests : StudyPages
{
    private IRenderedComponent<ResultsPage> Open(string query = "")
    {
        Navigation.NavigateTo(StudyAddresses.Results(1) + query);
        return Render<ResultsPage>(p => p.Add(r => r.Id, 1));
    }

    private void Finish(int fits = 30, bool unseen = true)
    {
        Service.Studies.Add(FakeStudyService.Study(1, fits == 30 ? StudyState.Done : StudyState.Running, FitState.Done, FitState.Running));
        Service.Results = SampleResults.Create(fits: fits, unseen: unseen);
    }

    [Fact]
    public void Results_BeforeTheFirstFit_SayWhatWillStandThere()
    {
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Running, FitState.Running));

        Assert.Contains("No fit is done yet", Open().Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_WhileTheStudyRuns_AreMarkedAsPartial()
    {
        Finish(fits: 3);

        Assert.Contains("3 of 30 fits", Open().Find("[data-testid=partial]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_WithADeadNetwork_SayItAboveTheSentence()
    {
        Finish();
        Assert.Empty(Open().FindAll("[data-testid=dead-networks]"));
        Service.Results = Service.Results! with { DeadNetworks = ["DA, seed 1, fold 2: the fixed effects predict the same for every test row.", "DA, seed 1, fold 3: the same."] };
        IElement notice = Open().Find("[data-testid=dead-networks]");

        Assert.Contains("DA, seed 1, fold 2", notice.QuerySelector("p")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("fold 3", notice.QuerySelector("li")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_OfTrainingTooShortToLearnWell_SayItAboveTheSentence()
    {
        Finish();
        Assert.Empty(Open().FindAll("[data-testid=short-training]"));
        Service.Results = Service.Results! with { Header = Service.Results!.Header with { SeenRows = 400 } };
        IElement notice = Open().Find("[data-testid=short-training]");

        Assert.StartsWith("Each fit takes only 60 steps of training (20 epochs of 3)", notice.TextContent.Trim(), StringComparison.Ordinal);
        Assert.EndsWith("from=1", notice.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Features_WithProbes_StandSideBySideAndSayWhereTheProbesAre()
    {
        Finish();
        IRenderedComponent<ResultsPage> page = Open("?part=features");

        Assert.Equal(["NNet", "MEDL"], page.FindAll("[data-testid=importance-chart] .chart-title").Select(f => f.TextContent.Trim()));
        Assert.Equal("NNet ranks probe 1/r 2nd of 3 features; one is in its top ten.", page.Find("[data-testid=probe-sentences]").TextContent.Trim());
        Assert.Contains("SDs of the target", FeatureCharts.Intercepts(Service.Results!.RandomEffects[0], FairMedl.Core.Data.PredictionTask.Regression).X.Unit, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_OfAFinishedStudy_BeginWithTheSentence()
    {
        Finish();
        IRenderedComponent<ResultsPage> page = Open();

        Assert.Empty(page.FindAll("[data-testid=partial]"));
        Assert.StartsWith("Fair(ADB) MEDL shows no clear change from MEDL for age: the spread of the true positive rate is 0.150 for MEDL and ", page.Find("[data-testid=results-sentence]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Unseen_WhereNoClusterWasHeldOut_IsOffWithAWord()
    {
        Finish(unseen: false);
        IElement unseen = Open().Find("[data-testid=split-switch]").QuerySelectorAll("label")[1];

        Assert.Equal("Unseen (none held out)", unseen.TextContent.Trim());
        Assert.True(unseen.QuerySelector("input")!.HasAttribute("disabled"));
    }

    [Fact]
    public void HeadSwitch_ChangesTheNumbersAndTheAddress_AndBackLeadsToWhatWasShown()
    {
        Finish();
        var address = new AddressScript(JSInterop);
        IRenderedComponent<ResultsPage> page = Open();
        string before = page.Find("[data-testid=comparison-table]").TextContent;

        page.Find("[data-testid=head-switch] input").Change(true);

        Assert.NotEqual(before, page.Find("[data-testid=comparison-table]").TextContent);
        Assert.Equal(("push", "/studies/1/results?head=fe"), Assert.Single(address.Written));

        // The script's step back is a navigation to the address before.
        Navigation.NavigateTo(StudyAddresses.Results(1));
        Assert.Equal(before, page.Find("[data-testid=comparison-table]").TextContent);
        page.Find("[data-testid=head-switch] input").Change(true);
        Assert.NotEqual(before, page.Find("[data-testid=comparison-table]").TextContent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?part=groups&attribute=race")]
    [InlineData("?part=groups&head=fe&split=unseen")]
    [InlineData("?part=training")]
    [InlineData("?part=features&model=medl")]
    [InlineData("?part=provenance")]
    public void Exports_AreTheTablesThatAreShown(string query)
    {
        Finish();
        IRenderedComponent<ResultsPage> page = Open(query);
        var choice = new ResultsChoice(Service.Results!, ResultsAddress.Parse(1, query));
        IReadOnlyList<ReportTable> exported = ResultsTables.Of(choice);
        StudyReport file = ResultsTables.Report(choice);
        Assert.Contains(Service.Results!.Header.DefinitionHash, ReportCsv.Of(file), StringComparison.Ordinal);

        string[][] shown = [.. page.FindAll(".mud-table.report").Select(t => t.QuerySelectorAll("tbody td, tbody th").Select(Words).ToArray())];

        Assert.Equal(exported.Select(t => t.Rows.SelectMany(r => r).Select(c => c.Content).ToArray()), shown);
        foreach (ReportTable table in exported)
        {
            Assert.Contains(table.ToCsv(), ReportCsv.Of(file), StringComparison.Ordinal);
            Assert.Contains(table.ToLatex(), ReportLatex.Of(file), StringComparison.Ordinal);
            Assert.Contains(table.ToMarkdown(), ReportMarkdown.Of(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AttributeChoice_LeadsToThatAttributesGroups()
    {
        Finish();
        IRenderedComponent<ResultsPage> page = Open("?part=groups");

        page.Find("[data-testid=attribute-choice]").Change("race");

        IElement groups = page.Find("[data-testid=groups-race-seen]");
        Assert.Contains("– (0 positives)", groups.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Bands_AreToldByWordAndArrowBesideTheColour()
    {
        Finish();
        IElement cell = Open("?attribute=age").FindAll("td.effect-large").First(c => c.TextContent.Contains("moderate", StringComparison.Ordinal));

        Assert.Equal("▲▲moderate to large", cell.TextContent);
        Assert.Equal("true", cell.QuerySelector(".arrow")!.GetAttribute("aria-hidden"));
    }

    [Fact]
    public void Results_AreGatheredAgainOnlyWhenAnotherFitIsDone()
    {
        Finish(fits: 3);
        IRenderedComponent<ResultsPage> page = Open();

        Service.Change();
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[data-testid=partial]")));
        Assert.Single(Service.Asked, a => a == "results 1");
    }

    [Fact]
    public void Results_WhoseDataOrDefinitionCannotBeRead_SayWhatToDo()
    {
        Service.Failure = new InputException(new InputFault("This version of FairMedl reads definition format 1, not 2.", "Use a newer version of FairMedl, or create the definition again.", Path: "$.formatVersion"));

        string error = Open().Find("[data-testid=error]").TextContent;

        Assert.Contains("definition format 1, not 2", error, StringComparison.Ordinal);
        Assert.Contains("Use a newer version of FairMedl", error, StringComparison.Ordinal);
        Assert.Contains("The study and its finished fits", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?part=nothing&head=7&split=-1&attribute=%3Cscript%3E&baseline=none&compared=none&spread=none&rate=none&loss=x&model=y")]
    [InlineData("?hide=nnet,medl,fair-adb-medl&threshold=1e9&with=with")]
    [InlineData("?&&&===&part")]
    public void Nonsense_InTheAddress_OpensThePageAsItIs(string query)
    {
        Finish();

        Assert.Equal(Open().Find("[data-testid=results-sentence]").TextContent, Open(query).Find("[data-testid=results-sentence]").TextContent);
    }

    [Fact]
    public void MetricName_OpensItsExplanationWithFormula()
    {
        Finish();
        IRenderedComponent<ResultsPage> page = Open();
        IElement name = page.Find("[data-testid=comparison-table] table").QuerySelectorAll("button.metric-word").First(b => b.TextContent == "TPR SD");

        IElement explained = page.Find($"#{name.GetAttribute("popovertarget")}");

        Assert.Contains("0 means all groups have the same rate", explained.TextContent, StringComparison.Ordinal);
        Assert.Contains("mean TPR", explained.QuerySelector(".formula")!.TextContent, StringComparison.Ordinal);
        Assert.All(page.FindAll("button.metric-word"), b => Assert.Single(page.FindAll($"#{b.GetAttribute("popovertarget")}")));
    }

    private static string Words(IElement cell)
    {
        string arrow = cell.QuerySelector(".arrow")?.TextContent ?? "";
        return cell.TextContent[arrow.Length..];
    }
}
