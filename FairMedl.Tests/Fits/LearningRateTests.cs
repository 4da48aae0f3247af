using FairMedl.Core.Fits;
using Xunit;

namespace FairMedl.Tests.Fits;

public sealed class LearningRateTests
{
    private const int Steps = 101;

    [Fact]
    public void Factor_Constant_IsOneAtEveryStep() =>
        Assert.All(Enumerable.Range(0, Steps), step => Assert.Equal(1, LearningRate.Factor(LearningRateSchedule.Constant, step, Steps)));

    [Fact]
    public void Factor_FirstFortyPercent_IsOne() =>
        Assert.All(Enumerable.Range(0, 41), step => Assert.Equal(1, Cosine(step)));

    /// <summary>A share u into the rest: .02 + .98 (1 + cos(pi u)) / 2.</summary>
    [Theory]
    [InlineData(55, 0.8564823)] // u = 1/4: .02 + .98 * .853553
    [InlineData(70, 0.51)] // u = 1/2
    [InlineData(80, 0.265)] // u = 2/3: .02 + .98 * .25
    [InlineData(100, 0.02)]
    public void Factor_Afterwards_IsHalfACosineDownToTwoPercent(int step, double expected) => Assert.Equal(expected, Cosine(step), 1e-7);

    [Fact]
    public void Factor_Afterwards_FallsAtEveryStep() =>
        Assert.All(Enumerable.Range(41, Steps - 41), step => Assert.True(Cosine(step) < Cosine(step - 1)));

    [Theory]
    [InlineData(1, 0, 0.02)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0.02)]
    public void Factor_OfVeryFewSteps_EndsAtTwoPercent(int steps, int step, double expected) =>
        Assert.Equal(expected, LearningRate.Factor(LearningRateSchedule.ConstantThenCosine, step, steps), 1e-12);

    [Theory]
    [InlineData(LearningRateSchedule.Constant)]
    [InlineData(LearningRateSchedule.ConstantThenCosine)]
    public void MeanFactor_OfASchedule_IsTheMeanOverManySteps(LearningRateSchedule schedule) => Assert.Equal(
        Enumerable.Range(0, 10_001).Average(step => LearningRate.Factor(schedule, step, 10_001)), LearningRate.MeanFactor(schedule), 1e-3);

    private static double Cosine(int step) => LearningRate.Factor(LearningRateSchedule.ConstantThenCosine, step, Steps);
}
