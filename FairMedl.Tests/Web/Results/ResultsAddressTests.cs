using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Results;
using FairMedl.Web.Studies.Queue;
using Xunit;

namespace FairMedl.Tests.Web.Results;

public sealed class ResultsAddressTests
{
    [Fact]
    public void ToUri_AtTheDefaults_HasNoQuery() =>
        Assert.Equal("/studies/7/results", new ResultsAddress { Study = 7 }.ToUri());

    [Fact]
    public void Parse_OfWhatWasWritten_GivesTheSameState()
    {
        var address = new ResultsAddress
        {
            Study = 7,
            Part = ResultsPart.Compare,
            Head = Head.FixedEffects,
            Split = Split.Unseen,
            Attribute = "marital-status & more, 100 %",
            Baseline = "medl",
            Hidden = ["nnet", "da"],
            Spread = "fpr_sd",
            Rate = "selection_rate",
            References = ["race:White, other", "age:31-45"],
            ShowAllGroups = true,
            Loss = LossKind.MixedAdversary,
            Model = "fair-adb-medl",
            Counted = CountedGroups.Large,
        };

        ResultsAddress read = ResultsAddress.Parse(7, "http://localhost" + address.ToUri() + "#top");

        Assert.Equal(address.Hidden, read.Hidden);
        Assert.Equal(address.References, read.References);
        Assert.Equal(address, read with { Hidden = address.Hidden, References = address.References });
    }

    [Fact]
    public void Reference_OfAnAttribute_IsReplacedByAnother()
    {
        ResultsAddress address = new ResultsAddress { Study = 1 }.WithReference("race", "White").WithReference("age", "31-45").WithReference("race", "Black");

        Assert.Equal(("Black", "31-45", null), (address.ReferenceOf("race"), address.ReferenceOf("age"), address.ReferenceOf("sex")));
    }

    [Theory]
    [InlineData("groups", ResultsPart.Groups)]
    [InlineData("compare", ResultsPart.Compare)]
    [InlineData("training", ResultsPart.Training)]
    [InlineData("features", ResultsPart.Features)]
    [InlineData("provenance", ResultsPart.Provenance)]
    public void Part_OfAnOldBookmark_StillOpens(string name, ResultsPart part) => Assert.Equal(part, ResultsAddress.Parse(1, $"?part={name}").Part);

    [Theory]
    [InlineData("?head=xx&split=17&part=3&loss=&attribute=")]
    [InlineData("")]
    [InlineData("?")]
    public void Parse_OfWhatCannotBeRead_FallsBackToTheDefaults(string query) =>
        Assert.Equal(new ResultsAddress { Study = 1 }.ToUri(), ResultsAddress.Parse(1, query).ToUri());
}
