using FairMedl.Core.Fits.SelfTests;
using Xunit;

namespace FairMedl.Tests.Engine;

public sealed class SelfTestTests
{
    [Fact]
    public void SelfTest_OfTheManagedEngine_ReplaysEveryFixtureAndTimesEveryStep()
    {
        var progress = new List<SelfTestProgress>();

        SelfTestResult result = TestCompute.Managed.Engine.SelfTest(TestCompute.Managed.Device, new Sink(progress.Add), CancellationToken.None);

        Assert.True(result.Passed);
        Assert.Equal(ReferenceFixtures.Names, result.Fixtures.Select(f => f.Fixture));
        Assert.All(result.Fixtures, f => Assert.InRange(f.Difference!.Value, 1e-12, FixtureParity.Bound));
        Assert.Equal(StepCase.All, result.Steps.Select(s => s.Case));
        Assert.All(result.Steps, s => Assert.InRange(s.Microseconds!.Value, 0.5, 1e6));
        Assert.Equal(Enumerable.Range(0, progress[0].Total), progress.Select(p => p.Done));
    }

    [Fact]
    public void SelfTest_Cancelled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        var sink = new Sink(p => cancellation.Cancel());

        Assert.Throws<OperationCanceledException>(() =>
            TestCompute.Managed.Engine.SelfTest(TestCompute.Managed.Device, sink, cancellation.Token));
    }

    [Fact]
    public void Failed_Result_HasTheReasonInEveryPart()
    {
        SelfTestResult failed = SelfTestResult.Failed("The library is missing.");

        Assert.False(failed.Passed);
        Assert.Null(failed.LargestDifference);
        Assert.All(failed.Fixtures, f => Assert.Equal("The library is missing.", f.Failure));
        Assert.All(failed.Steps, s => Assert.Equal("The library is missing.", s.Failure));
    }

    private sealed class Sink(Action<SelfTestProgress> report) : IProgress<SelfTestProgress>
    {
        public void Report(SelfTestProgress value) => report(value);
    }
}
