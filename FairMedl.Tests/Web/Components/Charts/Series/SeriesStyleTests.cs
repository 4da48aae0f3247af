using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Runs;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Theme;
using Xunit;

namespace FairMedl.Tests.Web.Components.Charts.Series;

public sealed class SeriesStyleTests
{
    [Fact]
    public void OfModel_EveryModelOfTheCatalogue_HasItsOwnColour()
    {
        List<string> colors = [.. ModelCatalogue.All.Select(m => SeriesStyle.OfModel(m.Id).Color)];

        Assert.Equal(colors.Count, colors.Distinct().Count());
    }

    [Fact]
    public void Palette_OfReports_IsThatOfTheLightTheme() =>
        Assert.Equal(Enumerable.Range(1, 8).Select(i => DesignTokens.Light[$"--fm-series-{i}"]), ModelStyle.Palette);

    [Fact]
    public void OfRuns_TwoRunsOfOneModel_DifferInColour()
    {
        IReadOnlyList<ModelStyle> styles = ModelStyle.OfRuns(["medl", "nnet", "medl"]);

        Assert.Equal([ModelStyle.OfModel("medl"), ModelStyle.OfModel("nnet")], styles.Take(2));
        Assert.Equal(3, styles.Select(s => s.Color).Distinct().Count());
    }

    [Fact]
    public void At_FirstThirtyTwo_AreAllDifferent() =>
        Assert.Equal(32, Enumerable.Range(0, 32).Select(SeriesStyle.At).Distinct().Count());

    [Fact]
    public void At_Negative_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => SeriesStyle.At(-1));
}
