using FairMedl.Core.Experiments;
using FairMedl.Core.Reports;
using FairMedl.Web.Results;
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
    public void Choice_UnderMixedEffects_ShowsAModelWithoutThemByItsFixedEffectsAndSaysSo()
    {
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1 });

        Assert.Equal(Head.FixedEffects, choice.HeadOf("nnet"));
        Assert.Equal("NNet (FE)", choice.Label("nnet"));
        Assert.Equal("MEDL", choice.Label("medl"));
        Assert.Equal("NNet", Choose(new ResultsAddress { Study = 1, Head = Head.FixedEffects }).Label("nnet"));
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
                "On seen clusters Fair(ADB) MEDL predicts better by its fixed effects than by the mixed effects shown here: balanced accuracy 0.750 [95 % CI 0.730 to 0.770] against 0.730 [95 % CI 0.710 to 0.750], though the intervals overlap.",
                "On seen clusters MEDL predicts better by its fixed effects than by the mixed effects shown here: balanced accuracy 0.790 [95 % CI 0.770 to 0.810] against 0.770 [95 % CI 0.750 to 0.790], though the intervals overlap.",
            ],
            Choose(new ResultsAddress { Study = 1 }).OtherHeads);
        Assert.Empty(Choose(new ResultsAddress { Study = 1, Head = Head.FixedEffects }).OtherHeads);
        Assert.Empty(Choose(new ResultsAddress { Study = 1, Split = Split.Unseen }).OtherHeads);
    }

    [Fact]
    public void Sentence_OfAChosenAttributeAndOfOneModel_SpeaksOfWhatIsShown()
    {
        string race = ResultsTables.Sentence(Choose(new ResultsAddress { Study = 1, Attribute = "race" }));
        Assert.Contains(" the TPR spread across race groups from ", race, StringComparison.Ordinal);
        Assert.Contains(" Of 2 attributes age has the widest TPR spread under MEDL, 0.150.", race, StringComparison.Ordinal);
        Assert.Contains(" across age groups, the widest of 2 attributes, from ", ResultsTables.Sentence(Choose(new ResultsAddress { Study = 1 })), StringComparison.Ordinal);
        Assert.StartsWith("NNet: balanced accuracy", ResultsTables.Sentence(Choose(new ResultsAddress { Study = 1, Hidden = ["medl", "fair-adb-medl"] })), StringComparison.Ordinal);
    }

    [Fact]
    public void Choice_OfUnseenClusters_IsToldByTheHeadThatIsShown()
    {
        ResultsChoice unseen = Choose(new ResultsAddress { Study = 1, Split = Split.Unseen }), mixed = Choose(new ResultsAddress { Study = 1, Split = Split.Unseen, Head = Head.MixedEffects });

        Assert.Contains(" on unseen clusters by fixed effects, the widest of 2 attributes, from ", ResultsTables.Sentence(unseen), StringComparison.Ordinal);
        Assert.Contains(" on unseen clusters by mixed effects, the widest of 2 attributes, from ", ResultsTables.Sentence(mixed), StringComparison.Ordinal);
        Assert.NotEqual(ResultsTables.Sentence(unseen)[^40..], ResultsTables.Sentence(mixed)[^40..]);
    }

    [Fact]
    public void Performance_OnThePageAndInTheReport_IsAgainstTheSameBaseline()
    {
        StudyResults results = SampleResults.Create();
        foreach (Split split in Enum.GetValues<Split>())
        {
            ReportTable page = ResultsTables.Performance(Choose(new ResultsAddress { Study = 1, Split = split }, results));
            ReportTable report = StudyReport.Of(results).Sections.Single(s => s.Part == ReportPart.Performance).Tables.Single(t => t.Id == page.Id);

            Assert.Equal($"Balanced accuracy: improvement on MEDL ({(split == Split.Seen ? "ME" : "FE")}) (%)", page.Columns[^1].Name);
            Assert.Equal(page.Columns, report.Columns);
            Assert.Equal(page.Rows.SelectMany(r => r), report.Rows.SelectMany(r => r));
        }
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
