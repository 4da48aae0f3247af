using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Engine.Training;
using FairMedl.Tests.Engine.Reference;
using Xunit;

namespace FairMedl.Tests.Engine.Training;

public sealed class TargetScaleTests
{
    /// <summary>One positive of five training rows; the last two rows are not trained on.</summary>
    [Fact]
    public void Of_Classification_WeighsAClassByTheShareOfTheOther()
    {
        TargetScale scale = TargetScale.Of(ArrayStudy.Of([0, 1, 0, 0, 0, 1, 1], [new float[7]]), [0, 1, 2, 3, 4], classWeights: true);

        Assert.Equal((0.8f, 0.2f), (scale.PositiveWeight, scale.NegativeWeight));
        Assert.Equal((0, 1), (scale.Mean, scale.Sd));
    }

    [Fact]
    public void Of_ClassificationWithoutClassWeights_HasNone()
    {
        TargetScale scale = TargetScale.Of(ArrayStudy.Of([0, 1, 0], [new float[3]]), [0, 1, 2], classWeights: false);

        Assert.Null(scale.PositiveWeight);
        Assert.Null(scale.NegativeWeight);
    }

    /// <summary>Training targets 1, 3, 8: mean 4, population SD sqrt(26 / 3).</summary>
    [Fact]
    public void Of_Regression_StandardizesByTheTrainingRows()
    {
        TargetScale scale = TargetScale.Of(
            ArrayStudy.Of([1, 100, 3, 8], [new float[4]], task: PredictionTask.Regression), [0, 2, 3], classWeights: true);

        Assert.Equal(4, scale.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(26 / 3.0), scale.Sd, 1e-12);
        Assert.Null(scale.PositiveWeight);
        Assert.Equal((1 - 4) / Math.Sqrt(26 / 3.0), scale.Standardise(1), 1e-6);
        Assert.Equal(1, scale.Restore(scale.Standardise(1)), 1e-6);
    }

    [Theory]
    [InlineData(PredictionTask.Classification, "outcome")]
    [InlineData(PredictionTask.Regression, "target")]
    public void Of_TrainingRowsThatAreAllAlike_SaysThatTheModelCannotLearn(PredictionTask task, string what)
    {
        FitException fault = Assert.Throws<FitException>(() =>
            TargetScale.Of(ArrayStudy.Of([1, 1, 0], [new float[3]], task: task), [0, 1], classWeights: true));

        Assert.StartsWith($"All 2 training rows of this fold have the same {what}", fault.Message, StringComparison.Ordinal);
    }
}
