using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using FairMedl.Engine.Training;
using Xunit;

namespace FairMedl.Tests.Studies.Validation;

/// <summary>The validation fold is held out where something reads it, and joins training where nothing does.</summary>
public sealed class ValidationFoldTests
{
    [Theory]
    [InlineData("paper", null, true)]
    [InlineData("recommended", null, false)]
    [InlineData("recommended", true, true)]
    [InlineData("paper", false, false)]
    public void Rows_ByPresetAndDefinition_HoldOutAFoldOrTrainOnIt(string preset, bool? asked, bool heldOut)
    {
        StudyPlan plan = Plan(preset, asked);

        for (int fold = 0; fold < 4; fold++)
        {
            FoldRows rows = plan.Rows(new FitKey("medl", 1, fold));
            Assert.Equal(heldOut ? plan.Rows(new FitKey("medl", 1, (fold + 1) % 4)).Test : [], rows.Validation);
            Assert.Equal(plan.Data.SeenRows, rows.Training.Concat(rows.Validation).Concat(rows.Test).Order());
        }

        Assert.Equal(heldOut, plan.HoldsOutValidation);
    }

    [Theory]
    [InlineData("epochSelection", "composite")]
    [InlineData("thresholdRows", "validation")]
    public void Rows_WhereASettingReadsTheFold_HoldItOut(string setting, string value)
    {
        Assert.True(Plan("recommended", null, (setting, value)).HoldsOutValidation);

        InputFault fault = Assert.Single(Assert.Throws<InputException>(() => Plan("recommended", false, (setting, value))).Faults);
        Assert.Equal("$.protocol.validationFold", fault.Path);
    }

    [Fact]
    public void Create_TwoFoldsAndASettingThatReadsTheFold_IsAFault()
    {
        StudyDefinition definition = Definition("recommended", null, ("epochSelection", "composite"));

        InputFault fault = Assert.Single(Assert.Throws<InputException>(() => StudyPlan.Create(
            definition with { Protocol = definition.Protocol with { Folds = 2 } }, SmallStudy.Table())).Faults);
        Assert.Equal("$.protocol.folds", fault.Path);
    }

    [Fact]
    public void Threshold_OfTheValidationFold_IsYoudensThere()
    {
        StudyPlan plan = Plan("recommended", true, ("thresholdRows", "validation"));
        PlannedFit planned = plan.Fits[0];
        FoldRows rows = plan.Rows(planned.Key);
        FitResult fit = Run(plan, rows, planned.Specification);
        // The same fit, with the validation rows in the place of the test rows.
        FitResult validated = Run(plan, new FoldRows(rows.Training, rows.Validation, rows.Validation), planned.Specification);
        float[] labels = [.. rows.Validation.Select(row => plan.Data.Target[row])];

        Assert.Equal(YoudenThreshold.Find(validated.FixedEffects.Test, labels), fit.FixedEffects.Threshold);
        Assert.Equal(YoudenThreshold.Find(validated.MixedEffects!.Test, labels), fit.MixedEffects!.Threshold);
    }

    /// <summary>
    /// The selected epoch's weights are those of a fit that ends there (constant learning rate), and no other epoch scores better.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.99)]
    public void Composite_OfSeveralEpochs_SelectsTheBestAndKeepsItsWeights(double averaging)
    {
        StudyPlan plan = Plan("paper", true, ("epochSelection", "composite"), ("epochs", 12), ("patience", 0), ("learningRate", 0.01),
            ("averagingDecay", averaging));
        FitSpecification specification = plan.Fits[0].Specification;
        FoldRows rows = plan.Rows(plan.Fits[0].Key);
        FitResult fit = Run(plan, rows, specification);
        double[] scores = [.. Enumerable.Range(1, 12).Select(epochs => Score(plan, rows, specification, epochs))];

        Assert.Equal(Array.IndexOf(scores, scores.Max()) + 1, fit.SelectedEpoch);
        Assert.Equal(12, fit.Epochs.Count);
        FitResult ended = Run(plan, rows, Last(specification, fit.SelectedEpoch));
        Assert.Equal(ended.MixedEffects!.Test, fit.MixedEffects!.Test);
        Assert.True(scores.Max() > scores.Min());
    }

    [Fact]
    public void Composite_WithPatience_StopsThatManyEpochsAfterTheBestButNotBeforeTwoFifths()
    {
        StudyPlan plan = Plan("paper", true, ("epochSelection", "composite"), ("epochs", 60), ("patience", 3), ("learningRate", 0.01));
        FitResult fit = Run(plan, plan.Rows(plan.Fits[0].Key), plan.Fits[0].Specification);

        Assert.True(fit.Epochs.Count < 60);
        Assert.Equal(Math.Max(fit.SelectedEpoch + 3, 24), fit.Epochs.Count);
        Assert.Equal(fit.Epochs.Count * ((fit.TrainingRows + 31) / 32), fit.Steps);
    }

    private static double Score(StudyPlan plan, FoldRows rows, FitSpecification specification, int epochs)
    {
        FitResult fit = Run(plan, new FoldRows(rows.Training, [], rows.Validation), Last(specification, epochs));
        float[] labels = [.. rows.Validation.Select(row => plan.Data.Target[row])];
        double threshold = YoudenThreshold.Find(fit.MixedEffects!.Test, labels);
        return CompositeScore.Classification(labels, [.. fit.MixedEffects.Test.Select(p => p >= threshold)],
            [.. plan.Data.Sensitive.Select(s => AttributeRows.Of(s, rows.Validation))], specification.Training.SelectionFairness)!.Value;
    }

    private static FitSpecification Last(FitSpecification specification, int epochs) => specification with
    {
        Training = specification.Training with { EpochSelection = EpochSelection.Last, Epochs = epochs },
    };

    private static FitResult Run(StudyPlan plan, FoldRows rows, FitSpecification specification) =>
        Fit.Run(plan.Data, rows, specification, new FitKey("medl", 1, 0), null, CancellationToken.None);

    private static StudyPlan Plan(string preset, bool? validation, params (string, object)[] settings) =>
        StudyPlan.Create(Definition(preset, validation, settings), SmallStudy.Table());

    private static StudyDefinition Definition(string preset, bool? validation, params (string Name, object Value)[] settings)
    {
        StudyDefinition small = SmallStudy.Definition("medl");
        var all = new Dictionary<string, object> { ["epochs"] = 2, ["batchSize"] = 32 };
        foreach ((string name, object value) in settings) all[name] = value;
        return small with
        {
            Preset = preset,
            Protocol = small.Protocol with { Folds = 4, ValidationFold = validation },
            Settings = SmallStudy.Settings([.. all.Select(s => (s.Key, s.Value))]),
        };
    }
}
