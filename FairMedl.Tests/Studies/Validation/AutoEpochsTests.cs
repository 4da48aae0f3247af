using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies.Validation;

/// <summary>Epochs "auto": as many as 2,500 steps take, at least 24.</summary>
public sealed class AutoEpochsTests
{
    [Theory]
    [InlineData(1, 2500)]
    [InlineData(128, 2500)]
    [InlineData(129, 1250)]
    [InlineData(1_600, 193)] // 13 steps
    [InlineData(13_312, 25)] // 104 steps
    [InlineData(13_440, 24)] // 105 steps
    [InlineData(1_000_000, 24)]
    public void EpochCount_OfAuto_ReachesTheSteps(int rows, int epochs) =>
        Assert.Equal(epochs, new TrainingSettings { Epochs = default(Auto<int>) }.EpochCount(rows));

    [Fact]
    public void EpochCount_OfANumber_IsTheNumber() => Assert.Equal(3, new TrainingSettings { Epochs = 3 }.EpochCount(10));

    [Fact]
    public void Create_RecommendedPreset_PlansEnoughSteps()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("medl") with
        {
            Preset = "recommended",
            Settings = SmallStudy.Settings(("batchSize", 32)),
        }, SmallStudy.Table());

        Assert.All(plan.Fits, fit => Assert.InRange(fit.Epochs * ((plan.Rows(fit.Key).Training.Length + 31) / 32), 2_500, 2_520));
    }

    [Theory]
    [InlineData("\"auto\"")]
    [InlineData("7")]
    public void Settings_InADefinition_AreANumberOrAuto(string text)
    {
        string json = StudyJson.Write(SmallStudy.Definition("nnet")).Replace("\"epochs\": 2", $"\"epochs\": {text}", StringComparison.Ordinal);

        Assert.Contains($"\"epochs\": {text}", StudyJson.Write(StudyJson.Parse(json)), StringComparison.Ordinal);
    }
}
