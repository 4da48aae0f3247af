using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Plan;
using FairMedl.Engine.Training;
using FairMedl.Tests.Studies;
using Xunit;

namespace FairMedl.Tests.Engine;

/// <summary>lambda_K "auto" is w / n, and a number is taken as it is.</summary>
public sealed class KlWeightTests
{
    private static readonly StudyPlan Plan = StudyPlan.Create(SmallStudy.Definition("medl"), SmallStudy.Table());
    private static readonly FoldRows Rows = Plan.Rows(Plan.Fits[0].Key);

    [Fact]
    public void Auto_WithClassWeights_IsTwicePTimesOneMinusPOverN()
    {
        double p = Rows.Training.Average(row => Plan.Data.Target[row]);

        Assert.Equal(2 * p * (1 - p) / Rows.Training.Length, Run(default(Auto<double>)).KlWeight!.Value, 1e-9);
    }

    [Fact]
    public void Auto_WithoutClassWeights_IsOneOverN() =>
        Assert.Equal(1.0 / Rows.Training.Length, Run(default(Auto<double>), t => t with { ClassWeights = false }).KlWeight!.Value, 1e-12);

    [Fact]
    public void Number_IsTheWeight() => Assert.Equal(0.0321, Run(0.0321).KlWeight);

    [Fact]
    public void Auto_ChangesWhatIsTrained_AsThatNumberDoes()
    {
        FitResult auto = Run(default(Auto<double>));

        Assert.Equal(Run(auto.KlWeight!.Value).MixedEffects!.Test, auto.MixedEffects!.Test);
        Assert.NotEqual(Run(100 * auto.KlWeight.Value).MixedEffects!.Test, auto.MixedEffects.Test);
    }

    /// <summary>The residual variance is 1 in the first epoch and then the mean squared error of the epoch before.</summary>
    [Fact]
    public void Auto_OfARegression_IsTwiceTheResidualVarianceOverN()
    {
        var scale = new TargetScale(10, 3, null, null);
        var weight = new KlWeight(default, scale, 500, isRegression: true);
        Assert.Equal(2.0 / 500, weight.Value, 1e-15);

        weight.Update(new EpochLosses(1, 9, FixedLoss: 0.9, MixedLoss: 0.75));
        Assert.Equal(1.5 / 500, weight.Value, 1e-15);

        var number = new KlWeight(0.2, scale, 500, isRegression: true);
        number.Update(new EpochLosses(1, 9, MixedLoss: 0.75));
        Assert.Equal(0.2, number.Value);
    }

    [Fact]
    public void Run_OfARegression_RecordsTheWeightOfTheLastEpoch()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("medl") with
        {
            Data = SmallStudy.Definition("medl").Data with
            {
                Target = new TargetSpecification("x1", PredictionTask.Regression),
                Features = ["x2", "kind", "sex", "age"],
            },
            Settings = SmallStudy.Settings(("epochs", 3), ("batchSize", 32), ("lambdaK", "auto")),
        }, SmallStudy.Table());
        FitResult fit = Fit.Run(plan.Data, plan.Rows(plan.Fits[0].Key), plan.Fits[0].Specification, plan.Fits[0].Key, null,
            CancellationToken.None);

        Assert.Equal(2 * fit.Epochs[1].MixedLoss!.Value / fit.TrainingRows, fit.KlWeight!.Value, 1e-12);
    }

    [Fact]
    public void Run_WithoutRandomEffects_HasNone()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("nnet"), SmallStudy.Table());

        Assert.Null(Fit.Run(plan.Data, Rows, plan.Fits[0].Specification, plan.Fits[0].Key, null, CancellationToken.None).KlWeight);
    }

    private static FitResult Run(Auto<double> weight, Func<TrainingSettings, TrainingSettings>? change = null)
    {
        FitSpecification specification = Plan.Fits[0].Specification;
        return Fit.Run(Plan.Data, Rows, specification with
        {
            Model = specification.Model with { LambdaK = weight },
            Training = change?.Invoke(specification.Training) ?? specification.Training,
        }, Plan.Fits[0].Key, null, CancellationToken.None);
    }
}
