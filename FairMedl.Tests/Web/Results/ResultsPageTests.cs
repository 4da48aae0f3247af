using AngleSharp.Dom;
using Bunit;
using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Results;
using FairMedl.Web.Results.Figures;
using FairMedl.Web.Results.Parts;
using Xunit;

namespace FairMedl.Tests.Web.Results;

public sealed class ResultsPageTests : ResultsPages
{
    private void Finish(int fits = 30, bool unseen = true)
    {
        Service.Studies.Add(FakeStudyService.Study(1, fits == 30 ? StudyState.Done : StudyState.Running, FitState.Done, FitState.Running));
        Service.Results = SampleResults.Create(fits: fits, unseen: unseen);
    }

    [Fact]
    public void Results_BeforeTheFirstFit_SayWhatAppearsThere()
    {
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Running, FitState.Running));

        Assert.Contains("Results appear here after the first fit finishes.", Open().Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_WhileTheStudyRuns_AreMarkedAsPartial()
    {
        Finish(fits: 3);

        Assert.Contains("3 of 30 fits", Open().Find("[data-testid=partial]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_WithADeadNetwork_SayIt()
    {
        Finish();
        Assert.Empty(Open().FindAll("[data-testid=dead-networks]"));
        Service.Results = Service.Results! with { DeadNetworks = ["DA, seed 1, fold 2: the fixed effects predict the same for every test row.", "DA, seed 1, fold 3: the same."] };
        IElement notice = Open().Find("[data-testid=dead-networks]");

        Assert.Contains("DA, seed 1, fold 2", notice.QuerySelector("p")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("fold 3", notice.QuerySelector("li")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_WithAnUnreadableFit_NameItWithTheReasonAndCanTrainItAgain()
    {
        Finish();
        Assert.Empty(Open().FindAll("[data-testid=unreadable-fits]"));
        Service.Unreadable = [new UnreadableFit(new FitKey("medl", 1, 2), "The stored result is damaged: its checksum does not match. Run the fit again.")];
        IRenderedComponent<ResultsPage> page = Open();

        string notice = page.Find("[data-testid=unreadable-fits]").TextContent;
        Assert.Contains(", fold 3", notice, StringComparison.Ordinal);
        Assert.Contains("MEDL", notice, StringComparison.Ordinal);
        Assert.Contains("its checksum does not match", notice, StringComparison.Ordinal);
        page.Find("[data-testid=train-again]").Click();
        Assert.Contains("train again 1", Service.Asked);
        Assert.EndsWith(StudyAddresses.Queue(1), Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_OfTrainingTooShortToLearnWell_SayIt()
    {
        Finish();
        Assert.Empty(Open().FindAll("[data-testid=short-training]"));
        Service.Results = Service.Results! with { Header = Service.Results!.Header with { SeenRows = 400 } };
        IElement notice = Open().Find("[data-testid=short-training]");

        Assert.StartsWith("Each fit takes only 60 steps of training (20 epochs of 3)", notice.TextContent.Trim(), StringComparison.Ordinal);
        Assert.EndsWith("from=1", notice.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Features_WithProbes_AreSideBySideWithTheRanksOfTheProbes()
    {
        Finish();
        IRenderedComponent<ResultsPage> page = Open("?part=features");

        Assert.Equal("NNet ranks probe 1/r 1st of 3 columns by permutation importance and 2nd of 3 encoded features by gradient. The probe has 32.0% of the total gradient importance.", page.Find("[data-testid=probe-sentences]").TextContent.Trim());
        Assert.Equal(["Permutation importance by column", "Gradient importance by column"], page.FindAll(".chart-title").Select(f => f.TextContent.Trim()).Where(t => t.EndsWith("by column", StringComparison.Ordinal)));
        Assert.Empty(page.FindAll("[data-testid=no-permutation]"));
        // Levels are shown on demand.
        Assert.Empty(page.FindAll("[data-testid=importance-chart]"));
        page.Find("[data-testid=levels]").TriggerEvent("ontoggle", EventArgs.Empty);
        Assert.Equal(["NNet", "MEDL"], page.FindAll("[data-testid=importance-chart] .chart-title").Select(f => f.TextContent.Trim()));
    }

    [Fact]
    public void Clusters_OfMedl_AreTotalEffectsWithTheirMeaning()
    {
        Finish();
        IRenderedComponent<ResultsPage> page = Open("?part=clusters");

        Assert.Equal("Total effect of each occupation in MEDL", page.Find("[data-testid=intercepts-chart] .chart-title").TextContent.Trim());
        string meaning = page.Find("[data-testid=effects-meaning]").TextContent;
        Assert.StartsWith("The total effect of an occupation is what its random intercept and slopes add", meaning, StringComparison.Ordinal);
        Assert.Contains("deviations from the population of occupations in training: 0 is the prediction without occupation effects", meaning, StringComparison.Ordinal);
        page.Find("[data-testid=intercepts-chart] details").TriggerEvent("ontoggle", EventArgs.Empty);
        string[][] rows = [.. page.FindAll("[data-testid=intercepts-chart] tbody tr").Select(r => r.QuerySelectorAll("td, th").Select(c => c.TextContent.Trim()).ToArray())];
        Assert.Equal(["Sales", "Prof-specialty"], rows.Select(r => r[0]));
        Assert.StartsWith("0.300", rows[0][2], StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_OfResultsWithoutTotals_AreInterceptsAndSayIt()
    {
        Finish();
        Service.Results = Service.Results! with { RandomEffects = [.. Service.Results.RandomEffects.Select(r => r with { IsCentered = false, Clusters = [.. r.Clusters.Select(c => c with { TotalMean = null, TotalSd = null })] })] };
        IRenderedComponent<ResultsPage> page = Open("?part=clusters");

        Assert.Equal("Random intercept of each occupation in MEDL", page.Find("[data-testid=intercepts-chart] .chart-title").TextContent.Trim());
        string meaning = page.Find("[data-testid=effects-meaning]").TextContent;
        Assert.Contains("did not record total effects", meaning, StringComparison.Ordinal);
        Assert.Contains("Effects are not centered in this run", meaning, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_OfAnOlderStudy_SayWhatIsMissing()
    {
        Finish();
        Service.Results = Service.Results! with { Importance = [.. Service.Results.Importance.Select(i => i with { Permutation = null, Scale = ImportanceScale.EncodedUnit })] };
        IRenderedComponent<ResultsPage> page = Open("?part=features");

        Assert.Contains("did not measure permutation importance", page.Find("[data-testid=no-permutation]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=permutation-chart]"));
        Assert.Single(page.FindAll("[data-testid=gradient-chart]"));
        Assert.Contains(page.FindAll(".hint"), h => h.TextContent.Contains("did not record the SDs", StringComparison.Ordinal));
    }

    [Fact]
    public void Results_OfAFinishedStudy_BeginWithTheSentence()
    {
        Finish();
        IRenderedComponent<ResultsPage> page = Open();

        Assert.Empty(page.FindAll("[data-testid=partial]"));
        Assert.StartsWith("Fair(ADB) MEDL shows no clear change in fairness from MEDL", page.Find("[data-testid=results-sentence]").TextContent, StringComparison.Ordinal);
        Assert.EndsWith(". Fairer means a smaller spread of the true positive rate.", page.Find("[data-testid=results-sentence]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Unseen_WhereNoClusterWasHeldOut_IsDisabledWithTheReason()
    {
        Finish(unseen: false);
        IElement unseen = Open().Find("[data-testid=split-switch] button");

        Assert.True(unseen.HasAttribute("disabled"));
        Assert.Equal("Occupations: all seen in training", unseen.TextContent.Trim().ReplaceLineEndings(""));
        Assert.StartsWith("All occupations were seen in training.", unseen.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void Controls_SpeakOfTheUsersClusters()
    {
        Finish();
        IRenderedComponent<ResultsPage> page = Open();

        Assert.Equal("with occupation effects", Value(page, "head-switch"));
        Assert.Equal("seen in training", Value(page, "split-switch"));
        Assert.Equal("Occupation effects", page.Find("[data-testid=part-clusters]").TextContent.Trim());
        Assert.DoesNotContain("ME, seen", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Head_ChangesTheNumbersAndTheAddress_AndBackLeadsToWhatWasShown()
    {
        Finish();
        var address = new AddressScript(JSInterop);
        IRenderedComponent<ResultsPage> page = OpenWithTables();
        string before = page.Find("[data-testid=comparison-table]").TextContent;

        Select(page, "head-switch", "without occupation effects");

        Assert.NotEqual(before, page.Find("[data-testid=comparison-table]").TextContent);
        Assert.Equal(("push", "/studies/1/results?head=fe"), Assert.Single(address.Written));

        // The script's step back is a navigation to the address before.
        Navigation.NavigateTo(StudyAddresses.Results(1));
        page.WaitForAssertion(() => Assert.Equal(before, page.Find("[data-testid=comparison-table]").TextContent));
        Select(page, "head-switch", "without occupation effects");
        Assert.NotEqual(before, page.Find("[data-testid=comparison-table]").TextContent);
    }

    [Fact]
    public void Scoring_IsOfferedOnlyWhereTheModelsCanScore()
    {
        Finish();
        Assert.Empty(Open().FindAll("[data-testid=score-new-data]"));
        Scorable.Add(1);

        Assert.Equal(StudyAddresses.Score(1), Open().Find("[data-testid=score-new-data]").GetAttribute("href"));
    }

    [Fact]
    public void Tab_Opened_IsInTheAddressAndLeavesTheFigureAlone()
    {
        Finish();
        var address = new AddressScript(JSInterop);
        IRenderedComponent<ResultsPage> page = Open();
        ChartGrid? figure = page.FindComponent<DisparitySection>().FindComponent<ChartFigure>().Instance.Grid;

        page.Find("[data-testid=part-training]").Click();

        Assert.Equal("/studies/1/results?part=training", address.Last);
        Assert.NotNull(page.Find("[data-testid=training-curves]"));
        Assert.Same(figure, page.FindComponent<DisparitySection>().FindComponent<ChartFigure>().Instance.Grid);
    }

    [Fact]
    public void Verdicts_OfEachAttribute_ShowBothValuesAndTheReason()
    {
        Finish();
        IRenderedComponent<ResultsPage> page = Open();

        IElement age = page.Find("[data-testid=verdict-age]"), race = page.Find("[data-testid=verdict-race]");
        Assert.Equal("TPR SD 0.150 → 0.130", age.QuerySelector(".verdict-values")!.TextContent.Trim());
        Assert.Equal(2, page.FindAll(".verdict-card").Count);
        Assert.Contains("one of three groups has fewer than 30 positives", race.TextContent, StringComparison.Ordinal);
        Select(page, "attribute-choice", "race");
        Assert.Equal("verdict-race", Assert.Single(page.FindAll(".verdict-card")).GetAttribute("data-testid"));
    }

    [Fact]
    public void Models_Hidden_LeaveTheFigureAndTheAddressSaysSo()
    {
        Finish();
        var address = new AddressScript(JSInterop);
        IRenderedComponent<ResultsPage> page = Open();

        page.Find("[data-testid=model-filter] .pill").Click();
        Popovers.WaitForElement("[data-testid=show-nnet]").Click();

        Assert.Equal("/studies/1/results?hide=nnet", address.Last);
        Assert.Equal("2 of 3", Value(page, "model-filter"));
        Assert.DoesNotContain(page.FindComponent<DisparitySection>().FindComponent<ChartFigure>().Instance.Grid!.Panels[0].Traces, t => t.Name == "NNet");
    }

    [Fact]
    public void Reference_Chosen_IsTheGroupThatDifferencesAreMeasuredFrom()
    {
        Finish();
        var address = new AddressScript(JSInterop);
        IRenderedComponent<ResultsPage> page = OpenWithTables("?attribute=race");

        Select(page, "reference-race", "Black");

        Assert.Equal("/studies/1/results?attribute=race&reference=race%3ABlack", address.Last);
        Assert.Contains("difference from Black", page.Find("[data-testid=dots-race]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?part=groups&attribute=race")]
    [InlineData("?part=groups&head=fe&split=unseen")]
    [InlineData("?part=training")]
    [InlineData("?part=compare")]
    [InlineData("?part=features")]
    [InlineData("?part=clusters&model=medl")]
    [InlineData("?part=provenance")]
    public void Exports_AreTheTablesThatAreShown(string query)
    {
        Finish();
        IRenderedComponent<ResultsPage> page = OpenWithTables(query);
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
    public void Attribute_Chosen_LeadsToItsGroups()
    {
        Finish();
        IRenderedComponent<ResultsPage> page = OpenWithTables();
        Assert.NotEmpty(page.FindAll("[data-testid=groups-age-seen]"));

        Select(page, "attribute-choice", "race");

        Assert.Empty(page.FindAll("[data-testid=groups-age-seen]"));
        Assert.Contains("– (0 positives)", page.Find("[data-testid=groups-race-seen]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Improvement_IsMarkedOnlyWhereTheVerdictIsClear()
    {
        Finish();
        IRenderedComponent<ResultsPage> page = OpenWithTables("?attribute=age");
        IHtmlCollection<IElement>[] rows = [.. page.FindAll("[data-testid=comparison-table] tbody tr").Select(r => r.QuerySelectorAll("td"))];

        Assert.Contains(rows, r => r[6].TextContent == "Clear improvement");
        Assert.Contains(rows, r => r[6].TextContent == "No clear change");
        Assert.All(rows.Where(r => r[6].TextContent != "Clear improvement"), r => Assert.DoesNotMatch("effect-(large|low)", r[5].ClassName ?? ""));
        Assert.All(rows.Where(r => r[6].TextContent == "Clear improvement"), r => Assert.Matches("effect-(large|low)", r[5].ClassName!));
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
        IRenderedComponent<ResultsPage> page = OpenWithTables();
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
