using FairMedl.Core.Interpretation;
using Xunit;

namespace FairMedl.Tests.Interpretation;

public sealed class SharedOrderTests
{
    private static readonly ImportanceResult First = Ranked("nnet", ("a", .9), ("b", .8), ("c", .1), ("d", .05));
    private static readonly ImportanceResult Second = Ranked("medl", ("d", .95), ("a", .5), ("e", .4), ("b", .2), ("c", .1));

    [Fact]
    public void Features_AreOrderedByBestRank_ThenByImportance()
    {
        // Best ranks: a 1, d 1, b 2, c 3, e 3. Means: a .7, d .5; e .4, c .1.
        Assert.Equal(["a", "d", "b", "e", "c"], SharedOrder.OfFeatures([First, Second]));
        Assert.Equal(["a", "d", "b", "e", "c"], SharedOrder.OfFeatures([Second, First]));
        Assert.Equal(["a", "b", "c", "d"], SharedOrder.OfFeatures([First]));
    }

    [Fact]
    public void Columns_AreOrderedByTheSameRule() => Assert.Equal(["a", "d", "b", "e", "c"], SharedOrder.OfColumns([First, Second]));

    private static ImportanceResult Ranked(string model, params (string Name, double Importance)[] features) => new(
        model,
        [.. features.Select((f, i) => new FeatureImportance(f.Name, f.Name, false, f.Importance, i + 1))],
        [.. features.Select((f, i) => new ColumnImportance(f.Name, false, f.Importance, i + 1))]);
}
