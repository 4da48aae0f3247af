using System.Text.Json;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

public sealed class StudyRunnerTests
{
    private static readonly StudyPlan Plan = StudyPlan.Create(
        SmallStudy.Definition("nnet", "medl", "fair-adb-medl") with { Protocol = new ProtocolSpecification { Folds = 4, Seeds = [3, 1, 2] } }, SmallStudy.Table());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void ByRepetition_OnAnyThreads_HoldsNoMoreSeedsOfAModelThanThreads(int threads)
    {
        var held = new Dictionary<(string, ulong), int>();
        int most = 0, pooled = 0;
        StudyRunner.ByRepetition(Plan.Fits, threads, Run, Pool, CancellationToken.None);

        Assert.InRange(most, 1, threads);
        Assert.Equal(9, pooled);
        Assert.Empty(held);

        FitKey Run(PlannedFit fit, CancellationToken stop)
        {
            lock (held)
            {
                held[(fit.Key.Model, fit.Key.Seed)] = held.GetValueOrDefault((fit.Key.Model, fit.Key.Seed)) + 1;
                most = Math.Max(most, held.Count);
            }

            // Some fits take longer, so that threads overtake each other.
            Thread.Sleep(((fit.Key.Fold * 7) + (int)fit.Key.Seed + fit.Key.Model.Length) & 3);
            return fit.Key;
        }

        void Pool(IReadOnlyList<FitKey> folds)
        {
            Thread.Sleep(2);
            lock (held)
            {
                Assert.Equal([0, 1, 2, 3], folds.Select(k => k.Fold));
                (string, ulong) seed = Assert.Single(folds.Select(k => (k.Model, k.Seed)).Distinct());
                Assert.True(held.Remove(seed, out int begun));
                Assert.Equal(4, begun);
                pooled++;
            }
        }
    }

    [Fact]
    public void ByRepetition_OnOneThread_StartsWithTheCostliestModelAndPoolsEachSeedAfterItsLastFold()
    {
        var events = new List<string>();
        StudyRunner.ByRepetition(Plan.Fits, 1, Run, folds => events.Add($"pool {folds[0].Model}/{folds[0].Seed}"), CancellationToken.None);

        IEnumerable<string> expected =
            from model in new[] { "fair-adb-medl", "medl", "nnet" }
            from seed in new[] { 3, 1, 2 }
            from what in Enumerable.Range(0, 4).Select(fold => $"{model}/{seed}/{fold}").Append($"pool {model}/{seed}")
            select what;
        Assert.Equal(expected, events);

        FitKey Run(PlannedFit fit, CancellationToken stop)
        {
            events.Add(fit.Key.ToString());
            return fit.Key;
        }
    }

    [Fact]
    public void ByRepetition_OneFails_StopsRunningFitsAndStartsNoOther()
    {
        int begun = 0;
        using var both = new Barrier(2);
        FitException failure = Assert.Throws<FitException>(() => StudyRunner.ByRepetition<int>(Plan.Fits, 2, Run, _ => Assert.Fail("no seed is whole"), CancellationToken.None));

        Assert.Equal("boom", failure.Message);
        Assert.Equal(2, begun);

        int Run(PlannedFit fit, CancellationToken stop)
        {
            int mine = Interlocked.Increment(ref begun);
            both.SignalAndWait(stop);
            if (mine == 1) throw new FitException("boom");
            stop.WaitHandle.WaitOne();
            stop.ThrowIfCancellationRequested();
            return 0;
        }
    }

    [Fact]
    public void ByRepetition_Cancelled_StartsNoOtherFit()
    {
        using var cancel = new CancellationTokenSource();
        int begun = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => StudyRunner.ByRepetition(Plan.Fits, 1, Run, _ => { }, cancel.Token));

        Assert.Equal(6, begun);

        int Run(PlannedFit fit, CancellationToken stop)
        {
            if (++begun == 6) cancel.Cancel();
            return begun;
        }
    }

    [Fact]
    public void Run_OnAnyThreads_EqualsGatheringTheFits()
    {
        IReadOnlyList<FitResult> fits = FitsInMemory.Of(Plan, threads: 1);
        string gathered = Numbers(StudyGathering.Gather(Plan, new FitsInMemory(fits)).Results);

        Assert.Equal(gathered, Numbers(StudyRunner.Run(Plan, TestCompute.Managed, 1, null, CancellationToken.None)));
        Assert.Equal(gathered, Numbers(StudyRunner.Run(Plan, TestCompute.Managed, 3, null, CancellationToken.None)));
    }

    [Fact]
    public void Run_SinkFails_ReportsTheFitAndTheReason()
    {
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => StudyRunner.Run(Plan, TestCompute.Managed, 2, null, CancellationToken.None, new FullDisk()));

        Assert.Matches("^The fit .*medl/.* finished, but its results could not be written", failure.Message);
        Assert.Equal("No space left.", failure.InnerException!.Message);
    }

    // All but the fits' times.
    private static string Numbers(StudyResults results) => JsonSerializer.Serialize(
        results with { Fits = [.. results.Fits.Select(f => f with { TrainSeconds = 0, EvaluateSeconds = 0 })] });

    private sealed class FullDisk : IFitSink
    {
        public void Keep(FitResult fit) => throw new IOException("No space left.");
    }
}
