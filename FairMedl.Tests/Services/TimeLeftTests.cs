using FairMedl.Core.Storage;
using FairMedl.Web.Services.Studies;
using Xunit;

namespace FairMedl.Tests.Services;

public class TimeLeftTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), Now = Start.AddMinutes(10);

    [Fact]
    public void Estimate_NothingDone_IsUnknown() => Assert.Null(TimeLeft.Estimate([Fit("a", FitState.Queued), Fit("a", FitState.Failed, 5)], 2, Now));

    [Fact]
    public void Estimate_NothingLeft_IsZero() => Assert.Equal(TimeSpan.Zero, TimeLeft.Estimate([Fit("a", FitState.Done, 5), Fit("a", FitState.Failed, 5)], 2, Now));

    [Fact]
    public void Estimate_QueuedFits_UseTheirModelsMedianAndTheThreads() =>
        Assert.Equal(
            TimeSpan.FromSeconds((4 + 4 + 10 + 10) / 2.0),
            TimeLeft.Estimate([Fit("a", FitState.Done, 3), Fit("a", FitState.Done, 5), Fit("b", FitState.Done, 10), .. Waiting("a", 2), .. Waiting("b", 2)], 2, Now));

    [Fact]
    public void Estimate_ModelOutsideTheCatalogue_UsesThePaceOfOtherModels() =>
        Assert.Equal(TimeSpan.FromSeconds(3 * 6), TimeLeft.Estimate([Fit("a", FitState.Done, 4), Fit("b", FitState.Done, 8), .. Waiting("c", 3)], 1, Now));

    [Fact]
    public void Estimate_ModelWithoutAFinishedFit_UsesItsCost()
    {
        StoredFit quick = Fit("nnet", FitState.Done, 2);
        StoredFit[] waiting = [.. Waiting("fair-adb-medl", 1)];
        foreach (StoredFit fit in (StoredFit[])[quick, .. waiting]) fit.Epochs = 20;

        Assert.Equal(TimeSpan.FromSeconds(2 * 6), TimeLeft.Estimate([quick, .. waiting], 1, Now));
    }

    [Fact]
    public void Estimate_RecordedFits_AreUsedUntilTheStudyHasItsOwn()
    {
        var recorded = new Dictionary<string, double> { ["a"] = 20, ["b"] = 30 };

        Assert.Equal(TimeSpan.FromSeconds(50), TimeLeft.Estimate([.. Waiting("a", 1), .. Waiting("b", 1)], 1, Now, recorded));
        Assert.Equal(TimeSpan.FromSeconds(4 + 30), TimeLeft.Estimate([Fit("a", FitState.Done, 4), .. Waiting("a", 1), .. Waiting("b", 1)], 1, Now, recorded));
        Assert.Null(TimeLeft.Estimate([.. Waiting("a", 1), .. Waiting("c", 1)], 1, Now, recorded));
    }

    [Fact]
    public void Estimate_MoreThreadsThanFits_IsTheLongestFit() =>
        Assert.Equal(TimeSpan.FromSeconds(8), TimeLeft.Estimate([Fit("a", FitState.Done, 2), Fit("b", FitState.Done, 8), .. Waiting("a", 1), .. Waiting("b", 1)], 16, Now));

    [Fact]
    public void Estimate_RunningFit_CountsItsRemainingTime()
    {
        StoredFit running = Fit("a", FitState.Running);
        running.StartedAt = Now.AddSeconds(-3);
        StoredFit late = Fit("a", FitState.Running);
        late.StartedAt = Now.AddSeconds(-30);

        Assert.Equal(TimeSpan.FromSeconds(7), TimeLeft.Estimate([Fit("a", FitState.Done, 10), running], 1, Now));
        Assert.Equal(TimeSpan.Zero, TimeLeft.Estimate([Fit("a", FitState.Done, 10), late], 1, Now));
    }

    private static IEnumerable<StoredFit> Waiting(string model, int count) => Enumerable.Range(0, count).Select(_ => Fit(model, FitState.Queued));

    private static StoredFit Fit(string model, FitState state, double? seconds = null) =>
        new() { Model = model, State = state, StartedAt = seconds is null ? null : Start, FinishedAt = seconds is { } s ? Start.AddSeconds(s) : null };
}
