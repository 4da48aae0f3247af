using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

public sealed class StepMeasurementTests
{
    [Fact]
    public void SecondsPerStep_OfAStudysModels_IsAboutThatOfItsFits()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("nnet", "fair-adb-medl"), SmallStudy.Table());

        double small = StepMeasurement.SecondsPerStep(TestCompute.Managed, plan, plan.Fits[0], CancellationToken.None);
        double large = StepMeasurement.SecondsPerStep(TestCompute.Managed, plan, plan.Fits[1], CancellationToken.None);
        Assert.InRange(small, 1e-7, 0.05);
        Assert.InRange(large, 1e-7, 0.5);
    }

    [Fact]
    public void SecondsPerStep_Cancelled_Throws()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("nnet"), SmallStudy.Table());
        Assert.ThrowsAny<OperationCanceledException>(() => StepMeasurement.SecondsPerStep(TestCompute.Managed, plan, plan.Fits[0], new CancellationToken(canceled: true)));
    }
}
