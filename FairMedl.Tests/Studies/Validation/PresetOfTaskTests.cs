using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies.Validation;

/// <summary>The recommended presets debias a regression with a larger weight; the paper's preset does not differ by task.</summary>
public sealed class PresetOfTaskTests
{
    [Theory]
    [InlineData("paper", PredictionTask.Classification, 0.2, 0.2, 0.1)]
    [InlineData("paper", PredictionTask.Regression, 0.2, 0.2, 0.1)]
    [InlineData("recommended", PredictionTask.Classification, 0.25, 0.25, 0.15)]
    [InlineData("recommended", PredictionTask.Regression, 2, 2, 0.3)]
    [InlineData("recommended-full-objective", PredictionTask.Regression, 2, 2, 0.3)]
    public void Create_ByPresetAndTask_HasTheWeights(string preset, PredictionTask task, double fixedWeight, double mixedWeight, double prior)
    {
        StudyDefinition small = SmallStudy.Definition("fair-adb-medl", "fair-adb-nnet");
        StudyPlan plan = StudyPlan.Create(small with
        {
            Preset = preset,
            Data = task == PredictionTask.Classification
                ? small.Data : small.Data with { Target = new TargetSpecification("x1", task), Features = ["x2", "kind", "sex", "age"] },
        }, SmallStudy.Table());

        ModelSettings medl = plan.Fits.First(f => f.Key.Model == "fair-adb-medl").Specification.Model;
        Assert.Equal((fixedWeight, mixedWeight, prior), (medl.LambdaFe, medl.LambdaMe, medl.PriorInterceptSd));
        Assert.Equal(fixedWeight, plan.Fits.First(f => f.Key.Model == "fair-adb-nnet").Specification.Model.LambdaFe);
    }

    [Fact]
    public void For_ADomainAdversarialModel_HasAClusterAdversaryInEveryPreset() => Assert.All(Preset.All,
        preset => Assert.True(preset.For(ModelCatalogue.Find("da")!, PredictionTask.Classification).LambdaG > 0));
}
