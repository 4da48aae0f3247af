using FairMedl.Core.Experiments;
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
