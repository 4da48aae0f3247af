using AngleSharp.Dom;
using Bunit;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Storage;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Results;
using FairMedl.Web.Results.Figures;
using Xunit;

namespace FairMedl.Tests.Web.Results;

/// <summary>The controls that make the server recompute results: one threshold for all models, and the intersection of two attributes.</summary>
public sealed class RecountTests : ResultsPages
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

    private static string Groups(IRenderedComponent<ResultsPage> page, string attribute = "sex") => page.Find($"[data-testid='groups-{attribute}-seen']").TextContent;

    [Fact]
    public void Threshold_UntilMoved_IsEachModelsOwn()
    {
        IRenderedComponent<ResultsPage> page = Open();

        Assert.Equal("each model's own", page.Find("[data-testid=threshold-value]").TextContent);
        Assert.NotNull(Slider(page));
        Assert.Empty(Popovers.FindAll("[data-testid=threshold-own]"));
    }

    [Fact]
    public void Threshold_Moved_RecomputesAndIsInTheAddress()
    {
        IRenderedComponent<ResultsPage> page = OpenWithTables("?part=groups&attribute=sex");
        string before = Groups(page);

        Slider(page).Change("0.7");
        Ready(page);

        Assert.Equal("/studies/1/results?attribute=sex&threshold=0.7", Written);
        Assert.Equal("0.700", page.Find("[data-testid=threshold-value]").TextContent);
        IElement groups = page.Find("[data-testid=groups-sex-seen]");
        Assert.NotEqual(before, groups.TextContent);
        Assert.Contains("One decision threshold of 0.700 for all folds", page.Find("[data-testid=group-tables]").TextContent, StringComparison.Ordinal);
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1, Attribute = "sex", Threshold = 0.7 });
        Assert.Equal(ResultsTables.Groups(choice, "sex").Rows.SelectMany(r => r).Select(c => c.Content), groups.QuerySelectorAll("tbody td, tbody th").Select(c => c.TextContent));
    }

    [Fact]
    public void Threshold_WhileDragged_OnlyShowsItsValue()
    {
        IRenderedComponent<ResultsPage> page = OpenWithTables("?attribute=sex");
        string before = Groups(page);

        Slider(page).Input("0.55");

        Assert.Equal("0.550", Popovers.Find("[data-testid=threshold-dragged]").TextContent);
        Assert.Equal(before, Groups(page));
        Assert.Empty(address.Written);
    }

    [Fact]
    public void Threshold_MovedAgainAndAgain_IsOneStepBack()
    {
        IRenderedComponent<ResultsPage> page = Open();
        foreach (string value in new[] { "0.7", "0.6", "0.5" })
        {
            Slider(page).Change(value);
            Ready(page);
        }

        InThreshold(page, "threshold-own").Click();
        Ready(page);

        Assert.Equal(["push", "replace", "replace", "push"], address.Written.Select(w => w.How));
    }

    [Fact]
    public void Threshold_TypedBetweenTwoSteps_IsRoundedToTheNearest()
    {
        IRenderedComponent<ResultsPage> page = Open();

        InThreshold(page, "threshold-number").Change("0.31249");
        Ready(page);

        Assert.Equal("/studies/1/results?threshold=0.312", Written);
        Assert.Equal("0.31249 is between two steps of 0.001. The results use 0.312.", InThreshold(page, "threshold-between").TextContent);
        InThreshold(page, "threshold-own").Click();
        Ready(page);
        Assert.Empty(Popovers.FindAll("[data-testid=threshold-between]"));
    }

    [Fact]
    public void Threshold_TypedOutsideTheRange_StaysWithAMessage()
    {
        IRenderedComponent<ResultsPage> page = Open();

        InThreshold(page, "threshold-number").Change("1.5");

        Assert.Equal("1.5", InThreshold(page, "threshold-number").GetAttribute("value"));
        Assert.Equal("Threshold: 1.5 is out of range. Enter a number from 0 to 1.", Popovers.Find("[data-testid=threshold-number-field] .mud-input-helper-text").TextContent);
        Assert.Empty(address.Written);
    }

    [Fact]
    public void Threshold_Reset_IsEachModelsOwnAgain()
    {
        IRenderedComponent<ResultsPage> page = OpenWithTables();
        string before = page.Find("[data-testid=comparison-table]").TextContent;
        Slider(page).Change("0.2");
        Ready(page);
        Assert.NotEqual(before, page.Find("[data-testid=comparison-table]").TextContent);

        InThreshold(page, "threshold-own").Click();
        Ready(page);

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
    public void Nonsense_InTheAddress_IsIgnored(string query)
    {
        string plain = OpenWithTables("?attribute=sex").Find("[data-testid=comparison-table]").TextContent;

        IRenderedComponent<ResultsPage> page = OpenWithTables($"?attribute=sex&{query}");

        Assert.Equal(plain, page.Find("[data-testid=comparison-table]").TextContent);
        Assert.Equal("each model's own", page.Find("[data-testid=threshold-value]").TextContent);
    }

    [Fact]
    public void Intersection_ShowsTheCombinedGroups()
    {
        IRenderedComponent<ResultsPage> page = OpenWithTables("?attribute=sex");

        Select(page, "cross-choice", "age");
        Ready(page);

        Assert.Equal("/studies/1/results?attribute=sex&with=age", Written);
        Assert.Contains("f, >45", Groups(page, "sex × age"), StringComparison.Ordinal);
        Assert.Equal("sex", Value(page, "attribute-choice"));
    }

    [Theory]
    [InlineData("?attribute=sex&with=age")]
    [InlineData("?attribute=sex&with=age&threshold=0.4&split=unseen")]
    [InlineData("?threshold=0.4&part=compare")]
    public void Exports_AreWhatIsRecomputed(string query)
    {
        IRenderedComponent<ResultsPage> page = OpenWithTables(query);
        IReadOnlyList<ReportTable> exported = ResultsTables.Of(Choose(ResultsAddress.Parse(1, query)));

        Assert.Equal(
            exported.Select(t => string.Join("|", t.Rows.SelectMany(r => r).Select(c => c.Content))),
            page.FindAll(".mud-table.report").Select(t => string.Join("|", t.QuerySelectorAll("tbody td, tbody th").Select(c => c.TextContent[(c.QuerySelector(".arrow")?.TextContent.Length ?? 0)..]))));
    }

    [Fact]
    public void Controls_WithoutScores_AreDisabledWithTheReason()
    {
        Service.Scores = null;
        IRenderedComponent<ResultsPage> page = Open("?threshold=0.4&with=age");

        foreach (string control in new[] { "threshold", "cross-choice" })
        {
            IElement button = page.Find($"[data-testid={control}] button");
            Assert.True(button.HasAttribute("disabled"));
            Assert.StartsWith("This study has too many fits and rows", button.GetAttribute("title"), StringComparison.Ordinal);
        }

        Assert.StartsWith("The address requests a threshold of 0.400 and an intersection with age. Neither is available. This study has too many", page.Find("[data-testid=asked-in-vain]").TextContent, StringComparison.Ordinal);
        Assert.Empty(Open().FindAll("[data-testid=asked-in-vain]"));
        Service.Scores = GatheredSmall.Study.Scores;
        Assert.False(Open().Find("[data-testid=threshold] button").HasAttribute("disabled"));
    }

    [Fact]
    public void Controls_OfARegression_AreDisabledWithTheReason()
    {
        Service.Results = FairMedl.Tests.Reports.SampleStudy.Regression();
        Service.Scores = null;
        IRenderedComponent<ResultsPage> page = Open();

        Assert.Equal("Thresholds and intersections apply to classification only.", page.Find("[data-testid=threshold] button").GetAttribute("title"));
        Assert.Equal("classification only", Value(page, "cross-choice"));
    }

    [Fact]
    public void Intersection_OfAllAttributes_NeedsOneAttributeFirst()
    {
        IElement button = Open().Find("[data-testid=cross-choice] button");

        Assert.True(button.HasAttribute("disabled"));
        Assert.Equal("Choose one attribute first.", button.GetAttribute("title"));
    }

    [Fact]
    public void Choices_MadeWhileResultsAreRecomputed_AreAllKept()
    {
        IRenderedComponent<ResultsPage> page = OpenWithTables("?attribute=sex");

        Slider(page).Change("0.7");
        Select(page, "cross-choice", "age");
        Slider(page).Change("0.6");
        Ready(page);

        Assert.Equal("/studies/1/results?attribute=sex&with=age&threshold=0.6", Written);
        ResultsChoice choice = Choose(ResultsAddress.Parse(1, "?attribute=sex&with=age&threshold=0.6"));
        Assert.Equal(
            ResultsTables.Groups(choice, "sex × age").Rows.SelectMany(r => r).Select(c => c.Content),
            page.Find("[data-testid='groups-sex × age-seen']").QuerySelectorAll("tbody td, tbody th").Select(c => c.TextContent));
    }

    [Fact]
    public async Task Requests_AddedWhileOneIsHandled_AreHandledOnlyByTheLast()
    {
        var handled = new List<string>();
        var first = new TaskCompletionSource();
        var queue = new LatestRequestQueue<string>(request =>
        {
            handled.Add(request);
            return handled.Count == 1 ? first.Task : Task.CompletedTask;
        });

        Task[] all = [.. new[] { "0.1", "0.2", "0.3", "0.4" }.Select(queue.AskAsync)];
        Assert.True(queue.IsAwaited);
        Assert.Equal(["0.1"], handled);
        first.SetResult();
        await Task.WhenAll(all);

        Assert.Equal(["0.1", "0.4"], handled);
        Assert.False(queue.IsAwaited);
        await queue.AskAsync("0.5");
        Assert.Equal("0.5", handled[^1]);
    }

    private static ResultsChoice Choose(ResultsAddress wanted) => new(new RecountedResults(GatheredSmall.Study), wanted);
}
