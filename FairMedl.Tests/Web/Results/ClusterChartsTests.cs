using FairMedl.Core.Data.Roles;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Results.Figures;
using Xunit;

namespace FairMedl.Tests.Web.Results;

public sealed class ClusterChartsTests
{
    [Fact]
    public void Effects_OfCenteredModel_AreTotalsWithIntervalsBesideTheIntercepts()
    {
        Chart chart = ClusterCharts.Effects(Shown(SampleResults.Create()));

        Assert.Equal("Total effect of each occupation in MEDL", chart.Title);
        Assert.Equal(new ChartAxis("Total effect", "log-odds"), chart.X);
        Assert.Equal(["Sales", "Prof-specialty"], chart.Y.Rows!.Select(r => r.Name));
        DotTrace total = chart.Traces.OfType<DotTrace>().Single(t => t.Name == "Total effect"), intercept = chart.Traces.OfType<DotTrace>().Single(t => t != total);
        Assert.Equal([.3, -.1], total.Values);
        Assert.Equal([.3 - 1.96 * .1, -.1 - 1.96 * .2], total.Lower!.Select(v => v!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([.3 + 1.96 * .1, -.1 + 1.96 * .2], total.Upper!.Select(v => v!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([-.2, .4], intercept.Values);
        Assert.Null(intercept.Lower);
        Assert.Equal(new ChartLine('x', 0), Assert.Single(chart.Lines));
        Assert.Equal(["Total effect 0.300 [0.104 to 0.496]", "Intercept alone -0.200, SD 0.060", "n = 3,584"], total.Hover![0].Lines);
    }

    [Fact]
    public void Effects_OfARegression_AreInTheTargetsUnits()
    {
        StudyResults results = SampleResults.Create(PredictionTask.Regression);
        Chart chart = ClusterCharts.Effects(Shown(results with { RandomEffects = [results.RandomEffects[0] with { TargetSd = 10 }] }));
        Chart slopes = ClusterCharts.Slopes(Shown(results with { RandomEffects = [results.RandomEffects[0] with { TargetSd = 10 }] }));

        Assert.Equal("units of income", chart.X.Unit);
        Assert.Equal([3.0, -1.0], chart.Traces.OfType<DotTrace>().Single(t => t.Name == "Total effect").Values);
        Assert.Equal("units of income", slopes.X.Unit);
        Assert.Equal([1, .25], slopes.Traces.OfType<BarTrace>().Single().Values);
        Assert.Equal("SDs of the target", ClusterCharts.Effects(Shown(results)).X.Unit);
    }

    [Fact]
    public void Effects_ThatAreNotCentered_HaveALineAtTheirMean()
    {
        StudyResults results = SampleResults.Create();
        ShownEffects shown = Shown(results with { RandomEffects = [results.RandomEffects[0] with { IsCentered = false }] });

        ChartLine line = Assert.Single(ClusterCharts.Effects(shown).Lines);
        Assert.Equal((4_038 * -.1 + 3_584 * .3) / 7_622, line.At, 12);
        Assert.Equal("mean", line.Label);
    }

    private static ShownEffects Shown(StudyResults results) => ShownEffects.Of(results, results.RandomEffects[0]);
}
