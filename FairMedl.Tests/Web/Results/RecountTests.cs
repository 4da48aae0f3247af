using AngleSharp.Dom;
using Bunit;
using FairMedl.Core.Reports;
using FairMedl.Core.Storage;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Results;
using FairMedl.Web.Studies;
using Xunit;

namespace FairMedl.Tests.Web.Results;

/// <summary>The controls that have the server count anew: one threshold for all fits, and two attributes crossed.</summary>
public sealed class RecountTests : StudyPages
{
    private readonly AddressScript address;

    public RecountTests()
    {
        address = new AddressScript(JSInterop);
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Done, FitState.Done));
        Service.Results = GatheredSmall.Study.Results;
        Service.Scores = GatheredSmall.Study.Scores;
    }

    private string Written => address.Last;

    private IRenderedComponent<ResultsPage> Open(string query = "")
    {
        Navigation.NavigateTo(StudyAddresses.Results(1) + query);
        return Counted(Render<ResultsPage>(p => p.Add(r => r.Id, 1)));
    }

    /// <summary>The page once its numbers, which are counted on a thread of their own, are there.</summary>
    private static IRenderedComponent<ResultsPage> Counted(IRenderedComponent<ResultsPage> page)
    {
        page.WaitForAssertion(() => Assert.Equal("false", page.Find("[data-testid=results]").GetAttribute("aria-busy")), TimeSpan.FromSeconds(30));
        return page;
    }

    [Fact]
    public void Threshold_UntilMoved_IsEachFitsOwn()
    {
        IRenderedComponent<ResultsPage> page = Open();

        Assert.Equal("each fit's own", page.Find("[data-testid=threshold-value]").TextContent);
        Assert.Empty(page.FindAll("[data-testid=threshold-own]"));
    }

    [Fact]
    public void Threshold_Moved_CountsAnewAndStandsInTheAddress()
    {
        IRenderedComponent<ResultsPage> page = Open("?part=groups&attribute=sex");
        string before = page.Find("[data-testid=groups-sex-seen]").TextContent;

        page.Find("[data-testid=threshold-slider]").Change("0.7");
        Counted(page);

        Assert.Equal("/studies/1/results?part=groups&attribute=sex&threshold=0.7", Written);
        IElement groups = page.Find("[data-testid=groups-sex-seen]");
        Assert.NotEqual(before, groups.TextContent);
        Assert.Contains("One decision threshold of 0.700 for all folds", groups.ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal);
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1, Part = ResultsPart.Groups, Attribute = "sex", Threshold = 0.7 });
        Assert.Equal(ResultsTables.Groups(choice).Rows.SelectMany(r => r).Select(c => c.Content), groups.QuerySelectorAll("tbody td, tbody th").Select(c => c.TextContent));
    }

    [Fact]
    public void Threshold_WhileDragged_OnlyTellsItsValue()
    {
        IRenderedComponent<ResultsPage> page = Open("?part=groups&attribute=sex");
        string before = page.Find("[data-testid=groups-sex-seen]").TextContent;

        page.Find("[data-testid=threshold-slider]").Input("0.55");

        Assert.Equal("0.550", page.Find("[data-testid=threshold-value]").TextContent);
        Assert.Equal(before, page.Find("[data-testid=groups-sex-seen]").TextContent);
        Assert.Empty(address.Written);
    }

    [Fact]
    public void Threshold_MovedAgainAndAgain_IsOneStepBack()
    {
        IRenderedComponent<ResultsPage> page = Open();
        foreach (string value in new[] { "0.7", "0.6", "0.5" })
        {
            page.Find("[data-testid=threshold-slider]").Change(value);
            Counted(page);
        }

        page.Find("[data-testid=threshold-own]").Click();
        Counted(page);

        Assert.Equal(["push", "replace", "replace", "push"], address.Written.Select(w => w.How));
    }

    [Fact]
    public void Threshold_TypedBetweenTwoSteps_IsTakenToTheNearest()
    {
        IRenderedComponent<ResultsPage> page = Open();

        page.Find("[data-testid=threshold-number]").Change("0.31249");
        Counted(page);

        Assert.Equal("/studies/1/results?threshold=0.312", Written);
        Assert.Equal("0.31249 lies between two steps of 0.001: counted at 0.312.", page.Find("[data-testid=threshold-between]").TextContent);
        page.Find("[data-testid=threshold-own]").Click();
        Counted(page);
        Assert.Empty(page.FindAll("[data-testid=threshold-between]"));
    }

    [Fact]
    public void Threshold_TypedOutsideTheRange_StaysAndSaysSo()
    {
        IRenderedComponent<ResultsPage> page = Open();

        page.Find("[data-testid=threshold-number]").Change("1.5");

        Assert.Equal("1.5", page.Find("[data-testid=threshold-number]").GetAttribute("value"));
        Assert.Equal("Threshold: 1.5 is out of range. Enter a number from 0 to 1.", page.Find("[data-testid=threshold-number-field] .mud-input-helper-text").TextContent);
        Assert.Empty(address.Written);
    }

    [Fact]
    public void Threshold_GivenBack_IsEachFitsOwnAgain()
    {
        IRenderedComponent<ResultsPage> page = Open();
        string before = page.Find("[data-testid=comparison-table]").TextContent;
        page.Find("[data-testid=threshold-slider]").Change("0.2");
        Counted(page);
        Assert.NotEqual(before, page.Find("[data-testid=comparison-table]").TextContent);

        page.Find("[data-testid=threshold-own]").Click();
        Counted(page);

        Assert.Equal("/studies/1/results", Written);
        Assert.Equal(before, page.Find("[data-testid=comparison-table]").TextContent);
    }

    [Theory]
    [InlineData("threshold=1.5")]
    [InlineData("threshold=-0.1")]
    [InlineData("threshold=abc")]
    [InlineData("threshold=NaN")]
    [InlineData("with=nothing")]
    [InlineData("with=sex&attribute=sex")]
    [InlineData("attribute=&with=&threshold=")]
    public void Nonsense_InTheAddress_IsAsIfItWereNotThere(string query)
    {
        string plain = Open("?attribute=sex").Find("[data-testid=comparison-table]").TextContent;

        IRenderedComponent<ResultsPage> page = Open($"?attribute=sex&{query}");

        Assert.Equal(plain, page.Find("[data-testid=comparison-table]").TextContent);
        Assert.Equal("each fit's own", page.Find("[data-testid=threshold-value]").TextContent);
    }

    [Fact]
    public void Crossed_ShowsTheCombinedGroups()
    {
        IRenderedComponent<ResultsPage> page = Open("?part=groups&attribute=sex");

        page.Find("[data-testid=cross-choice]").Change("age");
        Counted(page);

        Assert.Equal("/studies/1/results?part=groups&attribute=sex&with=age", Written);
        Assert.Contains("f, >45", page.Find("[data-testid='groups-sex × age-seen']").TextContent, StringComparison.Ordinal);
        Assert.Equal("sex", page.Find("[data-testid=attribute-choice]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("?part=groups&attribute=sex&with=age")]
    [InlineData("?part=groups&attribute=sex&with=age&threshold=0.4&split=unseen")]
    [InlineData("?threshold=0.4")]
    public void Exports_AreWhatIsCountedAnew(string query)
    {
        IRenderedComponent<ResultsPage> page = Open(query);
        IReadOnlyList<ReportTable> exported = ResultsTables.Of(Choose(ResultsAddress.Parse(1, query)));

        Assert.Equal(
            exported.Select(t => string.Join("|", t.Rows.SelectMany(r => r).Select(c => c.Content))),
            page.FindAll(".mud-table.report").Select(t => string.Join("|", t.QuerySelectorAll("tbody td, tbody th").Select(c => c.TextContent[(c.QuerySelector(".arrow")?.TextContent.Length ?? 0)..]))));
    }

    [Fact]
    public void Controls_WithoutScores_AreNotThereAndThePageSaysWhy()
    {
        Service.Scores = null;
        IRenderedComponent<ResultsPage> page = Open("?threshold=0.4&with=age");

        Assert.Empty(page.FindAll("[data-testid=threshold]"));
        Assert.Empty(page.FindAll("[data-testid=cross-choice]"));
        Assert.StartsWith("The address asks for a threshold of 0.400 and for groups crossed with age; neither is shown. This study has so many", page.Find("[data-testid=asked-in-vain]").TextContent, StringComparison.Ordinal);
        page = Open();
        Assert.Empty(page.FindAll("[data-testid=asked-in-vain]"));
        Assert.StartsWith("This study has so many", page.Find("[data-testid=without-grid]").TextContent, StringComparison.Ordinal);
        Service.Scores = GatheredSmall.Study.Scores;
        Assert.Empty(Open().FindAll("[data-testid=without-grid]"));
    }

    [Fact]
    public void Controls_OfARegression_AreNotThereAndThePageSaysWhy()
    {
        Service.Results = FairMedl.Tests.Reports.SampleStudy.Regression();
        Service.Scores = null;

        Assert.StartsWith("A regression decides nothing", Open().Find("[data-testid=without-grid]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Choices_MadeWhileNumbersAreCounted_AreAllKept()
    {
        IRenderedComponent<ResultsPage> page = Open("?part=groups&attribute=sex");

        page.Find("[data-testid=threshold-slider]").Change("0.7");
        page.Find("[data-testid=cross-choice]").Change("age");
        page.Find("[data-testid=threshold-slider]").Change("0.6");
        Counted(page);

        Assert.Equal("/studies/1/results?part=groups&attribute=sex&with=age&threshold=0.6", Written);
        ResultsChoice choice = Choose(ResultsAddress.Parse(1, "?part=groups&attribute=sex&with=age&threshold=0.6"));
        Assert.Equal(ResultsTables.Groups(choice).Rows.SelectMany(r => r).Select(c => c.Content), page.Find("[data-testid='groups-sex × age-seen']").QuerySelectorAll("tbody td, tbody th").Select(c => c.TextContent));
    }

    [Fact]
    public async Task Questions_AskedWhileOneIsAnswered_AreAnsweredOnlyByTheLast()
    {
        var answered = new List<string>();
        var first = new TaskCompletionSource();
        var counting = new LatestRequestQueue<string>(question =>
        {
            answered.Add(question);
            return answered.Count == 1 ? first.Task : Task.CompletedTask;
        });

        Task[] all = [.. new[] { "0.1", "0.2", "0.3", "0.4" }.Select(counting.AskAsync)];
        Assert.True(counting.IsAwaited);
        Assert.Equal(["0.1"], answered);
        first.SetResult();
        await Task.WhenAll(all);

        Assert.Equal(["0.1", "0.4"], answered);
        Assert.False(counting.IsAwaited);
        await counting.AskAsync("0.5");
        Assert.Equal("0.5", answered[^1]);
    }

    private static ResultsChoice Choose(ResultsAddress wanted) => new(new RecountedResults(GatheredSmall.Study), wanted);
}
