using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

/// <summary>A probability of a fit with class weights is said to be no share of rows, and is none.</summary>
public sealed class WeightedProbabilityTests
{
    [Fact]
    public void Warnings_WithClassWeights_ExplainTheProbabilities()
    {
        var without = new TrainingSettings { ClassWeights = false };
        Assert.Null(WeightedProbability.Warnings([without]));
        Assert.Contains("not the share of similar rows that are positive", WeightedProbability.Warnings([without, new TrainingSettings()]), StringComparison.Ordinal);
    }

    /// <summary>The odds of a fit with class weights are those of the data times (1 - mean(y)) / mean(y): undone, their mean is the share again.</summary>
    [Fact]
    public void MeanPrediction_WithoutWeights_IsTheShareOfPositives()
    {
        (double share, float[] plain) = Predicted(classWeights: false);
        (_, float[] weighted) = Predicted(classWeights: true);

        Assert.InRange(share, 0.05, 0.3);
        Assert.InRange(plain.Average() - share, -0.03, 0.03);
        Assert.True(weighted.Average() > share + 0.15, $"{weighted.Average()} for a share of {share}.");
        Assert.InRange(weighted.Average(p => share * p / (share * p + (1 - share) * (1 - p))) - share, -0.03, 0.03);
    }

    private static (double Share, float[] Predictions) Predicted(bool classWeights)
    {
        // Three of four positives of the small study become negatives.
        int n = 0;
        StudyDefinition definition = SmallStudy.Definition("nnet") with { Settings = SmallStudy.Settings(("epochs", 30), ("batchSize", 32), ("classWeights", classWeights), ("hidden", new[] { 16, 16, 16 })) };
        StudyPlan plan = StudyPlan.Create(definition, SmallStudy.Table(corrupt: (_, line) => line.StartsWith("yes,", StringComparison.Ordinal) && n++ % 4 != 0 ? "no" + line[3..] : line));
        return (plan.Data.SeenRows.Average(r => (double)plan.Data.Target[r]), [.. FitsInMemory.Of(plan).SelectMany(f => f.FixedEffects.Test)]);
    }
}
