using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

public sealed class QueueOrderTests
{
    private static readonly string[] Models = ["nnet", "da", "fair-adb-medl", "medl"], CostliestFirst = ["fair-adb-medl", "medl", "da", "nnet"];

    [Fact]
    public void Of_OneThread_IsByFoldAndThenByDescendingCost()
    {
        FitKey[] plan = Plan(seeds: 2, folds: 3);
        IReadOnlyList<FitKey> order = Order(plan, threads: 1);

        Assert.Equal(plan.Select(k => (k.Seed, k.Fold)), order.Select(k => (k.Seed, k.Fold)));
        Assert.All(order.Chunk(4), fold => Assert.Equal(CostliestFirst, fold.Select(k => k.Model)));
    }

    /// <summary>A fold costs 13 and its costliest fit 6: two threads need the last fold for it, four the last two, eight the last four.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(8, 4)]
    [InlineData(1000, 5)]
    public void Of_SeveralThreads_MergesTheLastFolds(int threads, int together)
    {
        FitKey[] plan = Plan(seeds: 1, folds: 5);
        IReadOnlyList<FitKey> order = Order(plan, threads);

        Assert.Equal(plan.ToHashSet(), [.. order]);
        Assert.All(order.SkipLast(4 * together).Chunk(4), fold => Assert.Equal(CostliestFirst, fold.Select(k => k.Model)));
        Assert.Equal(CostliestFirst.SelectMany(model => Enumerable.Range(5 - together, together).Select(fold => new FitKey(model, 1, fold))), order.TakeLast(4 * together));
    }

    [Fact]
    public void Of_RemainingFits_DoesNotEndWithALongOne()
    {
        FitKey[] left = [new("nnet", 1, 0), new("medl", 1, 2), new("nnet", 1, 7), new("fair-adb-medl", 1, 9)];

        Assert.Equal([left[3], left[1], left[0], left[2]], Order(left, threads: 2));
    }

    [Fact]
    public void Of_NoFitsOrAnUnknownModel_DoesNotThrow()
    {
        Assert.Empty(Order([], threads: 2));
        Assert.Equal([new FitKey("nnet", 1, 0), new FitKey("nosuch", 1, 0)], Order([new("nosuch", 1, 0), new("nnet", 1, 0)], threads: 2));
    }

    [Fact]
    public void Of_OneModelWithMoreEpochs_StartsWithIt()
    {
        FitKey[] fold = [new("medl", 1, 0), new("nnet", 1, 0)];

        Assert.Equal([fold[1], fold[0]], new QueueOrder(1).Of(fold, k => k, k => k.Model == "nnet" ? 100 : 10));
    }

    private static FitKey[] Plan(int seeds, int folds) =>
        [.. from seed in Enumerable.Range(1, seeds) from fold in Enumerable.Range(0, folds) from model in Models select new FitKey(model, (ulong)seed, fold)];

    private static IReadOnlyList<FitKey> Order(IReadOnlyList<FitKey> fits, int threads) => new QueueOrder(threads).Of(fits, k => k, _ => 10);
}
