using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Results;
using FairMedl.Web.Results.Figures;
using Xunit;

namespace FairMedl.Tests.Web.Results;

public sealed class ResultsChoiceTests
{
    private static ResultsChoice Choose(ResultsAddress address, StudyResults? results = null) => new(results ?? SampleResults.Create(), address);

    [Fact]
    public void Choice_OfAnOldLink_FallsBackToWhatIsThere()
    {
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1, Split = Split.Unseen, Attribute = "gone", Baseline = "gone", Spread = "mse_sd", Rate = "gone" }, SampleResults.Create(unseen: false));

        Assert.Equal(Split.Seen, choice.Split);
        Assert.False(choice.HasUnseen);
        Assert.Equal("age", choice.Attribute);
        Assert.Equal("medl", choice.Baseline);
        Assert.Equal("tpr_sd", choice.Spread.Id);
        Assert.Equal("tpr", choice.Rate.Id);
    }

    [Fact]
    public void Choice_WithEffects_ShowsAModelWithoutThemByItsFixedEffectsAndSaysSo()
    {
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1 });

        Assert.Equal(Head.FixedEffects, choice.HeadOf("nnet"));
        Assert.Equal(["nnet"], choice.WithoutEffects);
        Assert.Empty(Choose(new ResultsAddress { Study = 1, Head = Head.FixedEffects }).WithoutEffects);
        Assert.Equal("with occupation effects, occupations seen in training", choice.Scope());
    }

    [Theory]
    [InlineData("", Head.MixedEffects)]
    [InlineData("?split=unseen", Head.FixedEffects)]
    [InlineData("?split=unseen&head=me", Head.MixedEffects)]
    [InlineData("?head=fe", Head.FixedEffects)]
    public void Choice_WithoutAHead_TakesTheSplitsOwn(string query, Head head)
    {
        ResultsChoice choice = Choose(ResultsAddress.Parse(1, query));

        Assert.Equal(head, choice.Head);
        Assert.Equal(ResultsAddress.Parse(1, query).ToUri(), (choice.Address with { Part = choice.Address.Part }).ToUri());
    }

    // By the sample's formula a model's mixed effects predict a little worse than its fixed ones.
    [Fact]
    public void Choice_WhereTheOtherHeadPredictsBetter_SaysSo()
    {
        Assert.Equal(
            [
                "On occupations seen in training, Fair(ADB) MEDL has a balanced accuracy of 75.0% without occupation effects and 73.0% with them, as shown here. The difference is not clear: 95% intervals overlap.",
                "On occupations seen in training, MEDL has a balanced accuracy of 79.0% without occupation effects and 77.0% with them, as shown here. The difference is not clear: 95% intervals overlap.",
            ],
            Choose(new ResultsAddress { Study = 1 }).OtherHeads.Select(t => t.ToString()));
        Assert.Empty(Choose(new ResultsAddress { Study = 1, Head = Head.FixedEffects }).OtherHeads);
        Assert.Empty(Choose(new ResultsAddress { Study = 1, Split = Split.Unseen }).OtherHeads);
    }

    [Fact]
    public void Sentence_OfAChosenAttributeAndOfOneModel_SpeaksOfWhatIsShown()
    {
        string race = Sentence(new ResultsAddress { Study = 1, Attribute = "race" });
        Assert.Contains(" MEDL for race: the spread of the true positive rate ", race, StringComparison.Ordinal);
        Assert.Contains(" MEDL for age: the spread of the true positive rate ", Sentence(new ResultsAddress { Study = 1, Attribute = "age" }), StringComparison.Ordinal);
        Assert.Contains("For race", Sentence(new ResultsAddress { Study = 1 }), StringComparison.Ordinal);
        Assert.StartsWith("NNet reaches a balanced accuracy of ", Sentence(new ResultsAddress { Study = 1, Hidden = ["medl", "fair-adb-medl"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OnUnseenClusters_IsOfTheHeadThatIsShown()
    {
        string unseen = Sentence(new ResultsAddress { Study = 1, Split = Split.Unseen, Attribute = "age" }), mixed = Sentence(new ResultsAddress { Study = 1, Split = Split.Unseen, Head = Head.MixedEffects, Attribute = "age" });

        Assert.StartsWith("On occupations not seen in training, without occupation effects, ", unseen, StringComparison.Ordinal);
        Assert.StartsWith("On occupations not seen in training, with occupation effects, ", mixed, StringComparison.Ordinal);
        Assert.NotEqual(unseen.Split(": ")[1], mixed.Split(": ")[1]);
    }

    [Fact]
    public void Performance_OnThePageAndInTheReport_IsAgainstTheSameBaseline()
    {
        StudyResults results = SampleResults.Create();
        foreach (Split split in Enum.GetValues<Split>())
        {
            ReportTable page = ResultsTables.Performance(Choose(new ResultsAddress { Study = 1, Split = split }, results));
            ReportTable report = StudyReport.Of(results).Sections.Single(s => s.Part == ReportPart.Performance).Tables.Single(t => t.Id == page.Id);

            Assert.Equal($"Balanced accuracy: change from MEDL ({(split == Split.Seen ? "ME" : "FE")}) (%)", page.Columns[^1].Name);
            Assert.Equal(page.Columns, report.Columns);
            Assert.Equal(Cells(page), Cells(report));
        }

        static IEnumerable<string> Cells(ReportTable table) => table.Rows.SelectMany(r => r).Select(c => $"{c.Content} | {c.Detail} | {c.Effect}");
    }

    private static string Sentence(ResultsAddress address) => ResultsTables.Sentence(Choose(address)).ToString();

    [Fact]
    public void Attributes_UntilOneIsChosen_AreAllShown()
    {
        Assert.Equal((true, 2), (Choose(new ResultsAddress { Study = 1 }).IsAll, Choose(new ResultsAddress { Study = 1 }).Shown.Count));
        Assert.Equal(["race"], Choose(new ResultsAddress { Study = 1, Attribute = "race" }).Shown);
        Assert.True(Choose(new ResultsAddress { Study = 1, Attribute = "gone" }).IsAll);
    }

    [Fact]
    public void Choice_WithEveryModelHidden_ShowsAll() =>
        Assert.Equal(3, Choose(new ResultsAddress { Study = 1, Hidden = ["nnet", "medl", "fair-adb-medl"] }).Models.Count);

    [Fact]
    public void Choice_WithTheBaselineHidden_TakesTheNextUnfairModel() =>
        Assert.Equal("medl", Choose(new ResultsAddress { Study = 1, Hidden = ["nnet"], Baseline = "nnet" }).Baseline);

    [Fact]
    public void Choice_WhileFitsAreMissing_IsPartialAndCountsThem()
    {
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1 }, SampleResults.Create(fits: 3));

        Assert.True(choice.IsPartial);
        Assert.Equal("3 of 30 fits", choice.Progress);
        Assert.False(Choose(new ResultsAddress { Study = 1 }).IsPartial);
    }
}
