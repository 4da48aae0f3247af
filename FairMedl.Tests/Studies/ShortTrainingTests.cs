using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

/// <summary>Warnings about training that is too short to move the weights far.</summary>
public sealed class ShortTrainingTests
{
    [Theory]
    [InlineData(10, 100, true)]
    [InlineData(10, 3_960, true)] // eight tenths are 99 batches
    [InlineData(10, 4_050, false)] // 102, the last one smaller
    [InlineData(2, 6_300, true)] // one half is 99 batches
    [InlineData(2, 6_500, false)] // 102
    public void Warnings_StepsMoveAWeightByLessThanAFifth_AreGiven(int folds, int seenRows, bool isShort)
    {
        // 2 epochs, batches of 32, learning rate .001.
        StudyDefinition definition = SmallStudy.Definition("nnet", "medl");
        Assert.Equal(isShort, ShortTraining.Warnings(definition with { Protocol = new ProtocolSpecification { Folds = folds } }, seenRows).Count > 0);
    }

    [Fact]
    public void Warnings_OfAShortTraining_NameTheStepsAndSufficientEpochs() =>
        Assert.Equal(
            ["Each fit takes only 6 steps of training (2 epochs of 3): at the learning rate 0.001 a weight can change by only about 0.006, too little to learn well. Use more epochs (334 allow a change of about 1), smaller batches or a higher learning rate."],
            ShortTraining.Warnings(SmallStudy.Definition("nnet", "medl") with { Protocol = new ProtocolSpecification { Folds = 10 } }, 100).Select(w => w.ToString()));

    [Fact]
    public void Warnings_OfSeveralModels_NameThoseTrainedTooBriefly()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet") with
        {
            Models = [new ModelRequest("nnet"), new ModelRequest("medl", Settings: SmallStudy.Settings(("epochs", 500)))],
        };
        Assert.StartsWith("Each fit of NNet takes only ", Assert.Single(ShortTraining.Warnings(definition, 300)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_OfADefinitionWithFaults_AreEmpty() => Assert.Empty(ShortTraining.Warnings(SmallStudy.Definition("no such model"), 100));

    [Fact]
    public void Warnings_OfAShortTraining_AreInTheResults()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("nnet"), SmallStudy.Table());
        StudyResults results = StudyRunner.Run(plan, TestCompute.Managed, 1, null, CancellationToken.None);
        Assert.Contains(Assert.Single(ShortTraining.Warnings(plan.Definition, plan.Data.SeenRows.Length)).ToString(), results.Header.Warnings);
    }
}
