using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Components.Disparity;
using Xunit;

namespace FairMedl.Tests.Web.Components.Disparity;

public sealed class GroupDotsTests
{
    private static readonly Estimate None = Estimate.None("not measured");
    private static readonly MetricDescription Tpr = MetricDescriptions.Get("tpr");

    /// <summary>A group with the given numbers of positives and negatives and a true positive rate, undefined for 0 positives.</summary>
    private static GroupAudit Group(string name, int positives, double tpr, int negatives = 100) => new(
        name, positives + negatives, positives, negatives,
        positives == 0 ? Estimate.None("0 positives", 0) : new Estimate(tpr, Lower: tpr - .05, Upper: tpr + .05, N: positives),
        new Estimate(.1, N: negatives), new Estimate(.3), new Estimate(.8), None, None);

    private static AttributeAudit Attribute(params GroupAudit[] groups) => new("race", groups, None, None, None, None, None, None, None, None, None, None);

    private static GroupDots Dots(AttributeAudit audit, string? reference = null, bool showAll = false, string metric = "tpr") =>
        GroupDots.Of("race", MetricDescriptions.Get(metric), [new("MEDL", SeriesStyle.OfModel("medl"), audit)], isClassification: true, reference, showAll);

    [Fact]
    public void Reference_IsTheLargestGroup_UnlessAnotherIsChosen()
    {
        AttributeAudit audit = Attribute(Group("a", 50, .6), Group("b", 500, .8));

        Assert.Equal("b", Dots(audit).Reference);
        Assert.Equal(-.2, Dots(audit).Rows[0].Dots[0].Difference!.Value, 12);
        Assert.Null(Dots(audit).Rows[1].Dots[0].Difference);
        Assert.Equal("a", Dots(audit, "a").Reference);
        Assert.Equal("b", Dots(audit, "gone").Reference);
    }

    [Fact]
    public void SmallGroups_AreFadedAndMarked_ByTheRowsOfTheMetric()
    {
        AttributeAudit audit = Attribute(Group("a", 29, .6), Group("b", 30, .8));

        Chart chart = GroupDotsChart.Of(Dots(audit), isClassification: true);

        Assert.Equal(["n = 129 · 29 positives · too few to judge", "n = 130 · 30 positives · reference"], chart.Y.Rows!.Select(r => r.Detail));
        Assert.Equal([true, false], chart.Y.Rows!.Select(r => r.IsFaded));
        Assert.Equal("n = 129 · 29 positives · too few to judge · reference", GroupDotsChart.Of(Dots(audit, "a"), isClassification: true).Y.Rows![0].Detail);
        DotTrace[] traces = [.. chart.Traces.OfType<DotTrace>()];
        Assert.Equal([null, .8], traces.Single(t => !t.IsFaded).Values);
        Assert.Equal([.6, null], traces.Single(t => t.IsFaded).Values);
        // By the selection rate all rows count.
        Assert.DoesNotContain(GroupDotsChart.Of(Dots(audit, metric: "selection_rate"), isClassification: true).Y.Rows!, r => r.IsFaded);
        Assert.Equal("n = 129 · 100 negatives", GroupDotsChart.Of(Dots(audit, metric: "fpr"), isClassification: true).Y.Rows![0].Detail);
    }

    [Fact]
    public void GroupWithoutPositives_InTheChart_HasAReasonInsteadOfADot()
    {
        GroupDots dots = Dots(Attribute(Group("a", 0, 0), Group("b", 300, .8)));

        Assert.Null(dots.Rows[0].Dots[0].Estimate.Value);
        Assert.Equal(["a: – (0 positives)"], dots.Undefined);
    }

    [Fact]
    public void Rows_UpToFifteen_KeepTheDataOrder()
    {
        GroupDots dots = Dots(Attribute([.. Enumerable.Range(0, 15).Select(i => Group($"g{i}", 100, i % 2 == 0 ? .9 : .1))]));

        Assert.False(dots.IsCut);
        Assert.Equal(Enumerable.Range(0, 15).Select(i => $"g{i}"), dots.Rows.Select(r => r.Group));
    }

    [Fact]
    public void Rows_OfManyGroups_AreTheMostAndLeastFavoured_AndAllOnRequest()
    {
        // The tiny group has the highest rate of all: it is no finding and not ranked.
        GroupAudit[] groups = [.. Enumerable.Range(0, 51).Select(i => Group($"g{i}", i == 20 ? 500 : 100, .2 + .01 * i)), Group("tiny", 1, 1)];
        GroupDots dots = Dots(Attribute(groups)), all = Dots(Attribute(groups), showAll: true);

        Assert.True(dots.IsCut);
        Assert.Equal([.. Enumerable.Range(44, 7).Reverse().Select(i => $"g{i}"), "g20", .. Enumerable.Range(0, 7).Reverse().Select(i => $"g{i}")], dots.Rows.Select(r => r.Group));
        Assert.Equal(52, all.Rows.Count);
        Assert.Equal(("g50", "tiny"), (all.Rows[0].Group, all.Rows[^1].Group));
    }

    [Fact]
    public void Height_GrowsWithTheGroups()
    {
        int Height(int groups) => GroupDotsChart.Of(Dots(Attribute([.. Enumerable.Range(0, groups).Select(i => Group($"g{i}", 100, .5))])), isClassification: true).Height;

        Assert.Equal(2 * (Height(6) - Height(3)), Height(12) - Height(6));
        Assert.True(Height(12) - Height(6) >= 6 * 38);
    }

    [Fact]
    public void Tooltip_HasValueIntervalNAndTheDifferenceToTheReference()
    {
        Chart chart = GroupDotsChart.Of(Dots(Attribute(Group("a", 100, .6), Group("b", 500, .8))), isClassification: true);

        ChartTip tip = chart.Traces.OfType<DotTrace>().First(t => !t.IsFaded).Hover![0];

        Assert.Equal("MEDL, a", tip.Heading);
        Assert.Equal(["TPR 0.600", "95% CI 0.550 to 0.650", "n = 100", "0.200 below b (reference)"], tip.Lines);
    }

    [Fact]
    public void Bands_OfLargeGroups_ShowTheRangeExpectedByChance()
    {
        AttributeAudit audit = Attribute(Group("a", 20, .6), Group("b", 500, .8), Group("c", 300, .7));

        Chart chart = GroupDotsChart.Of(Dots(audit), isClassification: true);

        IReadOnlyList<ChanceBand?> chance = ChanceBand.Of([.. audit.Groups.Select(g => MetricDescriptions.Read(g, Tpr.Id))]);
        Assert.Equal([(1, chance[1]!.Lower), (2, chance[2]!.Lower)], chart.RowBands.Select(b => (b.Row, b.From)));
        Assert.Empty(GroupDotsChart.Of(GroupDots.Of("race", Tpr, [new("MEDL", SeriesStyle.OfModel("medl"), audit)], isClassification: false), isClassification: false).RowBands);
    }
}
