using Bunit;
using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Individuals;
using FairMedl.Core.Studies.Plan;
using FairMedl.Tests.Studies;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Fields;
using FairMedl.Web.Individuals;
using FairMedl.Web.Services.Individuals;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FairMedl.Tests.Web.Individuals;

public sealed class IndividualPageTests : ComponentContext
{
    private static readonly Lazy<(PredictedRows Rows, TrainedModel[] Models)> Study = new(() =>
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("nnet", "medl"), SmallStudy.Table());
        FitResult[] fits = [.. plan.Fits.Select(f => plan.Run(TestCompute.Managed, f, null, CancellationToken.None))];
        return (new PredictedRows(plan.Data, new FitsInMemory(fits)), [.. fits.Select(f => f.Model!)]);
    });

    /// <summary>The first test trains the study.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Service service = new();

    public IndividualPageTests()
    {
        Services.AddSingleton(TimeProvider.System);
        var studies = new FakeStudyService();
        studies.Studies.Add(FakeStudyService.Study(7, StudyState.Done, FitState.Done) with { Definition = SmallStudy.Definition("nnet", "medl") });
        Services.AddSingleton<IStudyService>(studies);
        Services.AddSingleton<IIndividualService>(service);
    }

    [Fact]
    public async Task Page_WithoutARow_FindsRowsAndShowsOneAtRandom()
    {
        IRenderedComponent<IndividualPage> page = Open("outcome=false-negative&attribute=sex&group=f");

        page.WaitForAssertion(() => Assert.EndsWith("rows match", page.Find("[data-testid=person-matches]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("No row selected", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("[data-testid=person-random]").Click());
        page.WaitForAssertion(() => Assert.Contains("MEDL (ME) predicts", page.Find("[data-testid=person]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains(", a false negative.", page.Find("[data-testid=person]").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll("[data-testid=person-answers] tbody tr").Count);
        Assert.Contains("not the share of similar rows that are positive", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_InvalidNumbers_StayWithTheAllowedRange()
    {
        var address = new AddressScript(JSInterop);
        IRenderedComponent<IndividualPage> page = Open("row=7");
        page.WaitForElement("[data-testid=value-x1]", Patience);

        await page.InvokeAsync(() => page.Find("[data-testid=value-x1]").Change("9,5"));
        await page.InvokeAsync(() => page.Find("[data-testid=person-row]").Change("2.5"));

        Assert.Equal(("9,5", "2.5"), (page.Find("[data-testid=value-x1]").GetAttribute("value"), page.Find("[data-testid=person-row]").GetAttribute("value")));
        Assert.Equal("x1: '9,5' is not a number. Enter a number from -1E+20 to 1E+20, with a decimal point.", page.Find("[data-testid=value-x1-field] .mud-input-helper-text").TextContent);
        Assert.StartsWith("Row in file: 2.5 is not a whole number. Enter a whole number from 1 to ", page.Find("[data-testid=person-row-field] .mud-input-helper-text").TextContent, StringComparison.Ordinal);
        Assert.Empty(address.Written);
    }

    [Theory]
    [InlineData("1e308", "x1: 1e308 is out of range. Enter a number from -1E+20 to 1E+20.")]
    [InlineData("-1e21", "x1: -1e21 is out of range. Enter a number from -1E+20 to 1E+20.")]
    [InlineData("1e400", "x1: 1e400 is out of range. Enter a number from -1E+20 to 1E+20.")]
    public async Task Page_NumberOutOfRange_TypedOrInTheAddress_StaysWithItsFault(string number, string fault)
    {
        IRenderedComponent<IndividualPage> page = Open("row=7");
        page.WaitForElement("[data-testid=value-x1]", Patience);
        await page.InvokeAsync(() => page.Find("[data-testid=value-x1]").Change(number));
        Assert.Equal((number, fault), (page.Find("[data-testid=value-x1]").GetAttribute("value"), page.Find("[data-testid=value-x1-field] .mud-input-helper-text").TextContent));

        IRenderedComponent<IndividualPage> linked = Open($"row=7&set=x1%3A{number}");
        linked.WaitForElement("[data-testid=value-x1]", Patience);
        Assert.Equal((number, fault), (linked.Find("[data-testid=value-x1]").GetAttribute("value"), linked.Find("[data-testid=value-x1-field] .mud-input-helper-text").TextContent));
        Assert.Empty(linked.FindAll("[data-testid=person-flips]"));
        Assert.Empty(linked.FindAll("[data-testid=person-notice]"));

        // Another field's change neither hides the fault nor is lost to it.
        await linked.InvokeAsync(() => linked.Find("[data-testid=value-x2]").Change("0.5"));
        linked.WaitForAssertion(() => Assert.Contains("With x2 set to 0.5, ", linked.Find("[data-testid=person-flips]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(fault, linked.Find("[data-testid=value-x1-field] .mud-input-helper-text").TextContent);
    }

    [Fact]
    public async Task Page_ValueOutsideTheTrainingRange_IsMarkedAsExtrapolation()
    {
        IRenderedComponent<IndividualPage> page = Open("row=7");
        page.WaitForElement("[data-testid=value-x1]", Patience);
        Assert.Empty(page.FindAll("[data-testid=value-x1-extrapolated]"));

        await page.InvokeAsync(() => page.Find("[data-testid=value-x1]").Change("950"));

        page.WaitForElement("[data-testid=value-x1-extrapolated]", Patience);
        Assert.Matches(@"^Extrapolation: \S+ to \S+ in training$", page.Find("[data-testid=value-x1-extrapolated]").TextContent);
        Assert.Matches(@"^x1 950 is an extrapolation: values in training range from \S+ to \S+\. ", page.Find("[data-testid=person-extrapolated]").TextContent);
        Assert.Single(page.FindAll("[data-testid=person-extrapolated]"));
    }

    [Fact]
    public async Task Page_ValueChangedInTheForm_ShowsBothPredictionsAndKeepsIt()
    {
        IRenderedComponent<IndividualPage> page = Open("row=7");
        page.WaitForElement("[data-testid=value-x1]", Patience);
        await page.InvokeAsync(() => page.Find("[data-testid=value-x1]").Change("9.5"));

        page.WaitForAssertion(() => Assert.Contains("With x1 set to 9.5, ", page.Find("[data-testid=person-flips]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("As changed", page.Find("[data-testid=person-answers]").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains(JSInterop.Invocations, i => i.Arguments.Any(a => a is string uri && uri.Contains("set=x1%3A9.5", StringComparison.Ordinal))), Patience);
        await page.InvokeAsync(() => page.Find("[data-testid=person-reset]").Click());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=person-flips]")), Patience);
    }

    [Fact]
    public void Page_OfARow_ShowsFlipsClusterAndNeighboursWithTheirLimits()
    {
        IRenderedComponent<IndividualPage> page = Open("row=7");

        page.WaitForElement("[data-testid=swap-sex]", Patience);
        Assert.Empty(page.FindAll("details[open]"));
        Assert.Contains("(own)", page.Find("[data-testid=swap-age] thead").TextContent, StringComparison.Ordinal);
        Assert.Contains("not a causal claim", page.Markup, StringComparison.Ordinal);
        Assert.Single(page.FindAll("[data-testid=person-cluster] tbody tr"));
        Assert.Equal(5, page.FindAll("[data-testid=person-near] tbody tr").Count);
    }

    [Fact]
    public async Task Page_AnotherAttribute_IsFlippedInTheFigureAndKept()
    {
        var address = new AddressScript(JSInterop);
        IRenderedComponent<IndividualPage> page = Open("row=7");
        page.WaitForElement("[data-testid=person-flip-chart]", Patience);
        string other = page.Find("[data-testid=person-flip-chart] .chart-title").TextContent == "Attribute flip: sex" ? "age" : "sex";

        await page.InvokeAsync(() => Select(page, "person-flip-attribute").Changed.InvokeAsync(other));

        page.WaitForAssertion(() => Assert.Equal($"Attribute flip: {other}", page.Find("[data-testid=person-flip-chart] .chart-title").TextContent), Patience);
        Assert.Contains(address.Written, w => w.Address.Contains($"flip={other}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Finder_AnAttribute_EnablesItsGroupsAndNarrowsTheRows()
    {
        IRenderedComponent<IndividualPage> page = Open("");
        page.WaitForElement("[data-testid=person-matches]", Patience);
        string all = page.Find("[data-testid=person-matches]").TextContent;
        Assert.Equal("Select an attribute first", Select(page, "person-group").DisabledReason);

        await page.InvokeAsync(() => Select(page, "person-attribute").Changed.InvokeAsync("sex"));
        page.WaitForAssertion(() => Assert.Null(Select(page, "person-group").DisabledReason), Patience);
        Assert.Equal(["", "f", "m"], Select(page, "person-group").Options);
        await page.InvokeAsync(() => Select(page, "person-group").Changed.InvokeAsync("f"));

        page.WaitForAssertion(() => Assert.NotEqual(all, page.Find("[data-testid=person-matches]").TextContent), Patience);
        Assert.EndsWith("rows match", page.Find("[data-testid=person-matches]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_AnEarlierAddress_LeadsToTheSameRow()
    {
        NavigationManager navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/studies/7/person?row=7");

        IRenderedComponent<IndividualPage> page = Render<IndividualPage>(p => p.Add(x => x.Id, 7));

        page.WaitForAssertion(() => Assert.StartsWith("Row 7, site ", page.Find("[data-testid=person]").TextContent.Trim(), StringComparison.Ordinal), Patience);
        Assert.EndsWith("/studies/7/individuals?row=7", navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("row=99999", "no row 99,999")]
    [InlineData("row=7&set=shoe%3A1", "shoe")]
    public void Page_InvalidAddress_ShowsANotice(string query, string expected)
    {
        IRenderedComponent<IndividualPage> page = Open(query);

        page.WaitForAssertion(() => Assert.Contains(expected, page.Find("[data-testid=person-notice]").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Page_PredictionsThatArriveAfterALaterChoice_AreDiscarded()
    {
        var slow = new TaskCompletionSource();
        service.Held[6] = slow.Task;
        IRenderedComponent<IndividualPage> page = Open("row=7");
        page.WaitForAssertion(() => Assert.Contains(6, service.Asked), Patience);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/studies/7/individuals?row=8");
        page.WaitForAssertion(() => Assert.Contains("Row 8, ", page.Find("[data-testid=person]").TextContent, StringComparison.Ordinal), Patience);

        await page.InvokeAsync(slow.SetResult);
        await page.InvokeAsync(() => { });
        await page.InvokeAsync(() => page.Find("[data-testid=value-x1]").Change("9.5"));
        page.WaitForAssertion(() => Assert.Contains("With x1 set to 9.5, ", page.Find("[data-testid=person-flips]").TextContent, StringComparison.Ordinal), Patience);

        // Row 8's models are still the page's: those of row 7 did not take their place.
        Assert.Equal([6, 7], service.Asked);
        Assert.Contains("Row 8, ", page.Find("[data-testid=person]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Near_RowWithTheSameFeatures_ShowsTheRemainingDifferences()
    {
        PredictedRows rows = Study.Value.Rows;
        int row = rows.Data.SeenRows[0];
        int FoldOf(int of) => Study.Value.Models.First(m => rows.Tested(m.Key, of)).Key.Fold;
        int Other(bool cluster, bool fold) => rows.Data.SeenRows.First(r => r != row && (rows.Data.Cluster[r] == rows.Data.Cluster[row]) == cluster && (FoldOf(r) == FoldOf(row)) == fold);
        string Differences(int other) => Near([new NearRow(other, 0, [])]).Find("[data-testid=person-near] tbody td:last-child").TextContent;

        Assert.Equal("no feature; the site", Differences(Other(cluster: false, fold: true)));
        Assert.Equal("no feature; the fold, and so the model that predicted it", Differences(Other(cluster: true, fold: false)));
        Assert.Equal("no feature; the site; the fold, and so the model that predicted it", Differences(rows.Data.UnseenRows[0]));
        Assert.Contains("predicts the same outcome for every row", Near([]).Markup, StringComparison.Ordinal);
        IRenderedComponent<NearTable> unread = Near(null);
        Assert.Contains("cannot be read", unread.Find("[data-testid=near-unread]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("every row", unread.Markup, StringComparison.Ordinal);

        IRenderedComponent<NearTable> Near(IReadOnlyList<NearRow>? near) => Render<NearTable>(p => p
            .Add(x => x.Rows, rows).Add(x => x.Address, new IndividualAddress { Study = 7 }).Add(x => x.Classes, new ClassNames("y", "not y")).Add(x => x.Row, row).Add(x => x.Model, "medl").Add(x => x.Head, Head.MixedEffects).Add(x => x.Near, near));
    }

    [Fact]
    public void Address_OfAnyState_ReadsBackTheSame()
    {
        var address = new IndividualAddress
        {
            Study = 3,
            Row = 12,
            Model = "medl",
            Head = Head.FixedEffects,
            Split = Split.Unseen,
            Attribute = "a&b",
            Group = "x = y",
            Outcome = Outcome.FalsePositive,
            Flip = "sex",
            Changes = new Dictionary<string, string> { ["age: years"] = "a:b%", ["x"] = "" },
        };
        IndividualAddress read = IndividualAddress.Parse(3, address.ToUri());

        Assert.Equal(address.Changes.OrderBy(c => c.Key), read.Changes.OrderBy(c => c.Key));
        Assert.Equal(address with { Changes = read.Changes }, read);
        Assert.Equal(new IndividualAddress { Study = 3 }.ToUri(), IndividualAddress.Parse(3, "?row=-1&outcome=maybe&split=3&set=:").ToUri());
    }

    private IRenderedComponent<IndividualPage> Open(string query)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/studies/7/individuals?" + query);
        return Render<IndividualPage>(p => p.Add(x => x.Id, 7));
    }

    private static SelectField<string> Select(IRenderedComponent<IndividualPage> page, string testId) =>
        page.FindComponents<SelectField<string>>().Select(s => s.Instance).First(s => s.TestId == testId);

    private sealed class Service : IIndividualService
    {
        public IReadOnlyList<IndividualAnswer> Answer(IndividualQuestion question, IndividualModels models, CancellationToken cancellation) =>
            IndividualAnswer.Of(TestCompute.Managed, question, models.ByKind, cancellation);

        public Task<PredictedRows?> RowsAsync(int study, CancellationToken cancellation = default) => Task.FromResult<PredictedRows?>(Study.Value.Rows);

        /// <summary>By the study's row, what must end before its models are given.</summary>
        public Dictionary<int, Task> Held { get; } = [];

        public List<int> Asked { get; } = [];

        public async Task<IndividualModels> ModelsAsync(int study, PredictedRows rows, int row, CancellationToken cancellation = default)
        {
            Asked.Add(row);
            if (Held.TryGetValue(row, out Task? held)) await held;
            return new IndividualModels([.. rows.Models.Select(m => (IReadOnlyList<TrainedModel>)[.. Study.Value.Models.Where(t => t.Key.Model == m && rows.Tested(t.Key, row))])], []);
        }
    }
}
